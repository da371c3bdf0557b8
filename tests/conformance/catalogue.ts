import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import type { Catalogue } from '../../src/main/connectors/Catalogue.ts';
import type { SqlConnection } from '../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../src/main/connectors/ConnectionFactory.ts';
import type { CatalogueNode } from '../../src/shared/model/schemaTree.ts';
import { failureOf } from '../support/failureOf.ts';
import { readRelation } from '../support/readRelation.ts';
import type { ConformanceServer } from './ConformanceServer.ts';
import { openSession } from './openSession.ts';

const quiet = { signal: neverAborted };
const schema = 'conformance_shop';

/** What every catalogue tells about the same schema. */
export function catalogueConforms(server: () => ConformanceServer): void {
  let session: SqlConnection;
  let catalogue: Catalogue;

  beforeAll(async () => {
    const make = [
      server().sql.dropSchema(schema),
      `CREATE SCHEMA ${schema}`,
      `CREATE TABLE ${schema}.customers (id INT PRIMARY KEY, email VARCHAR(80) NOT NULL UNIQUE,
         note VARCHAR(20) DEFAULT 'NULL', age INT CHECK (age >= 0))`,
      `CREATE TABLE ${schema}.orders (id INT PRIMARY KEY, customer_id INT NOT NULL,
         CONSTRAINT placed_by FOREIGN KEY (customer_id) REFERENCES ${schema}.customers (id))`,
      `CREATE INDEX orders_by_customer ON ${schema}.orders (customer_id)`,
      `CREATE VIEW ${schema}.adults AS SELECT id, email FROM ${schema}.customers WHERE age >= 18`,
      `INSERT INTO ${schema}.customers (id, email, age) VALUES (1, 'ann@example.test', 30), (2, 'bo@example.test', 9)`,
      ...server().sql.oddTables(schema),
    ];
    for (const statement of make) await server().execute(statement);
    session = await openSession(server());
    catalogue = new ConnectionFactory(systemClock).connectorFor(server().engine.kind).catalogue;
  });

  afterAll(async () => {
    session.destroy();
    await server().execute(server().sql.dropSchema(schema));
  });

  const namesOf = async (): Promise<CatalogueNode[]> => {
    const reader = await catalogue.readNames(session, quiet);
    const nodes: CatalogueNode[] = [];
    try {
      for (;;) {
        const batch = await reader.next(quiet);
        if (batch.length === 0) return nodes.filter((node) => node.schema === schema);
        nodes.push(...batch);
      }
    } finally {
      await reader.close();
    }
  };
  const describeTable = (name: string) => catalogue.describe(session, { schema, name, kind: 'table' }, quiet);

  describe('the names of a database', () => {
    it('hold each table and view once, with its kind, whatever it is called', async () => {
      const nodes = (await namesOf()).filter(({ kind }) => kind === 'table' || kind === 'view');
      const expected = [
        ...['customers', 'orders', ...server().sql.oddNames].map((name) => `table ${name}`),
        'view adults',
      ];
      expect(nodes.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual(expected.sort());
    });

    it('name only kinds that the catalogue announces', async () => {
      const announced = new Set(catalogue.kinds.map(({ kind }) => kind));
      expect((await namesOf()).every(({ kind }) => announced.has(kind))).toBe(true);
    });
  });

  describe('the description of a table', () => {
    it('tells columns, defaults and keys by their meaning', async () => {
      const { columns } = await describeTable('customers');
      expect(columns.map(({ name }) => name)).toEqual(['id', 'email', 'note', 'age']);
      const [id, email, note, age] = columns;
      expect(id).toMatchObject({ isPrimaryKey: true, nullable: false });
      expect(email).toMatchObject({ isUnique: true, nullable: false, defaultValue: null });
      expect(note?.defaultValue).toMatch(/^'NULL'/);
      expect(age).toMatchObject({ nullable: true, defaultValue: null, isVisible: true });
    });

    it('tells foreign keys, check constraints and indexes', async () => {
      const orders = await describeTable('orders');
      expect(orders.columns[1]?.references).toEqual([`${schema}.customers.id`]);
      expect(orders.constraints.map(({ kind }) => kind).sort()).toEqual(['foreign', 'primary']);
      expect(orders.indexes.map(({ name }) => name)).toContain('orders_by_customer');
      const customers = await describeTable('customers');
      expect(customers.constraints.filter(({ kind }) => kind === 'check')).toHaveLength(1);
    });

    it('works for every name there is', async () => {
      for (const name of server().sql.oddNames) {
        expect((await describeTable(name)).columns.map((column) => column.name)).toEqual(['id']);
      }
    });

    it('is refused with NOT_FOUND for one that does not exist', async () => {
      expect((await failureOf(describeTable('no such table'))).code).toBe('NOT_FOUND');
    });

    it('shows the query of a view', async () => {
      const node = { schema, name: 'adults', kind: 'view' } as const;
      const { definition } = await catalogue.describe(session, node, quiet);
      expect(definition?.toLowerCase()).toContain('select');
    });
  });

  describe('rows', () => {
    it('are counted exactly', async () => {
      const relation = { schema, name: 'customers' };
      expect(await catalogue.countRows(session, relation, quiet)).toEqual({ value: 2, accuracy: 'exact' });
    });

    it('are estimated without being read', async () => {
      const relation = { schema, name: 'customers' };
      const estimate = await catalogue.estimateRows(session, relation, quiet);
      // Of a table that nobody has analysed it may be far off.
      expect(estimate).toBeGreaterThan(0);
      expect(estimate).toBeLessThan(10_000);
    });

    it('come with the names of their columns, at most as many as asked for', async () => {
      const { rows } = new ConnectionFactory(systemClock).connectorFor(server().engine.kind);
      const relation = { schema, name: 'customers' };
      const stream = await readRelation(rows, session, relation, 1, quiet);
      expect(stream.columns.map(({ name }) => name)).toEqual(['id', 'email', 'note', 'age']);
      expect(await stream.next(10)).toEqual([['1', 'ann@example.test', 'NULL', '30']]);
      expect(await stream.next(10)).toEqual([]);
      await stream.close();
      expect(session.isBusy).toBe(false);
    });
  });

  describe('what a server says about itself', () => {
    it('names product and version, and where the tables are', async () => {
      const { server: info, preview } = await catalogue.overview(session, quiet);
      expect(info.product).toBe(server().product);
      expect(info.versionNumber).toMatch(/^\d+\.\d+/);
      expect(info.readOnly).toBe(false);
      expect(preview).not.toBeNull();
    });
  });
}
