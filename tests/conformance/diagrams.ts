import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../src/main/connectors/ConnectionFactory.ts';
import type { Diagram, DiagramScope } from '../../src/shared/model/diagrams.ts';
import { failureOf } from '../support/failureOf.ts';
import type { ConformanceServer } from './ConformanceServer.ts';
import { openSession } from './openSession.ts';

const schema = 'conformance_diagram';
const other = 'conformance_diagram_2';

const tables = [
  `CREATE TABLE ${other}.countries (code VARCHAR(2) PRIMARY KEY)`,
  `CREATE TABLE ${schema}.customers (id INT PRIMARY KEY, email VARCHAR(80) NOT NULL UNIQUE, country VARCHAR(2),
     referred_by INT, CONSTRAINT lives_in FOREIGN KEY (country) REFERENCES ${other}.countries (code),
     CONSTRAINT referred FOREIGN KEY (referred_by) REFERENCES ${schema}.customers (id))`,
  `CREATE TABLE ${schema}.profiles (customer_id INT PRIMARY KEY, note VARCHAR(20),
     CONSTRAINT profile_of FOREIGN KEY (customer_id) REFERENCES ${schema}.customers (id))`,
  `CREATE TABLE ${schema}.orders (customer_id INT NOT NULL, number INT NOT NULL, PRIMARY KEY (customer_id, number),
     CONSTRAINT placed_by FOREIGN KEY (customer_id) REFERENCES ${schema}.customers (id))`,
  `CREATE TABLE ${schema}.items (id INT PRIMARY KEY, customer_id INT NOT NULL, order_number INT NOT NULL,
     CONSTRAINT part_of FOREIGN KEY (customer_id, order_number) REFERENCES ${schema}.orders (customer_id, number))`,
  `CREATE VIEW ${schema}.seen AS SELECT id FROM ${schema}.items`,
];

/** Tables and foreign keys as every engine tells them. */
export function diagramsConform(server: () => ConformanceServer): void {
  let session: SqlConnection;
  const drop = async (): Promise<void> => {
    for (const name of [schema, other]) await server().execute(server().sql.dropSchema(name));
  };

  beforeAll(async () => {
    await drop();
    for (const name of [schema, other]) await server().execute(`CREATE SCHEMA ${name}`);
    for (const statement of [...tables, ...server().sql.oddTables(schema)]) await server().execute(statement);
    session = await openSession(server());
  });
  afterAll(async () => {
    session.destroy();
    await drop();
  });

  const read = async (scope: Partial<DiagramScope>, signal = neverAborted): Promise<Diagram> => {
    const { catalogue } = new ConnectionFactory(systemClock).connectorFor(server().engine.kind);
    const diagram = await catalogue.readDiagram?.(
      session,
      { schema, table: null, distance: 1, ...scope },
      { signal },
    );
    if (diagram === undefined) throw new Error('This engine draws no diagrams');
    return diagram;
  };
  const namesOf = ({ tables: found }: Diagram): readonly string[] =>
    found.map((table) => `${table.schema}.${table.name}`).sort();

  describe('the diagram of a schema', () => {
    it('holds its tables, whatever they are called, and those elsewhere that they refer to', async () => {
      const diagram = await read({});
      const own = ['customers', 'profiles', 'orders', 'items', ...server().sql.oddNames];
      expect(namesOf(diagram)).toEqual(
        [...own.map((name) => `${schema}.${name}`), `${other}.countries`].sort(),
      );
      expect(diagram.total).toBe(diagram.tables.length);
    });

    it('tells columns with their keys', async () => {
      const { tables: found } = await read({});
      const customers = found.find(({ name }) => name === 'customers');
      expect(customers?.columnCount).toBe(4);
      const [id, email, country, referredBy] = customers?.columns ?? [];
      expect(id).toMatchObject({ name: 'id', isPrimaryKey: true, isForeignKey: false, nullable: false });
      expect(email).toMatchObject({ name: 'email', isPrimaryKey: false, isUnique: true, nullable: false });
      expect(country).toMatchObject({ name: 'country', isForeignKey: true, isUnique: false, nullable: true });
      expect(referredBy).toMatchObject({ isForeignKey: true });
      const orders = found.find(({ name }) => name === 'orders');
      expect(orders?.columns.map((column) => [column.isPrimaryKey, column.isUnique])).toEqual([
        [true, false],
        [true, false],
      ]);
    });

    it('tells foreign keys: composite, to itself, to another schema, optional, and for one row only', async () => {
      const { tables: found, links } = await read({});
      const told = links.map((link) => ({
        ...{ name: link.name, from: found[link.from]?.name, to: found[link.to]?.name },
        ...{ columns: link.columns, target: link.targetColumns },
        ...{ isOptional: link.isOptional, isUnique: link.isUnique },
      }));
      const one = { isOptional: false, isUnique: false };
      const id = ['id'];
      const customer = ['customer_id'];
      const pair = { columns: ['customer_id', 'order_number'], target: ['customer_id', 'number'] };
      expect(told).toHaveLength(5);
      expect(told).toEqual(
        expect.arrayContaining([
          {
            name: 'lives_in',
            from: 'customers',
            to: 'countries',
            columns: ['country'],
            target: ['code'],
            ...one,
            isOptional: true,
          },
          {
            name: 'referred',
            from: 'customers',
            to: 'customers',
            columns: ['referred_by'],
            target: id,
            ...one,
            isOptional: true,
          },
          {
            name: 'profile_of',
            from: 'profiles',
            to: 'customers',
            columns: customer,
            target: id,
            ...one,
            isUnique: true,
          },
          { name: 'placed_by', from: 'orders', to: 'customers', columns: customer, target: id, ...one },
          { name: 'part_of', from: 'items', to: 'orders', ...pair, ...one },
        ]),
      );
    });

    it('is empty for a schema that is not there', async () => {
      expect(await read({ schema: 'no_such_schema' })).toEqual({ tables: [], links: [], total: 0 });
    });
  });

  describe('the diagram of a table', () => {
    it('holds what is as far away as asked for, in both directions', async () => {
      const near = (distance: number) => read({ table: 'orders', distance }).then(namesOf);
      const close = [`${schema}.customers`, `${schema}.items`, `${schema}.orders`];
      expect(await near(1)).toEqual(close);
      expect(await near(2)).toEqual([...close, `${schema}.profiles`, `${other}.countries`].sort());
    });

    it('is refused with NOT_FOUND for one that does not exist', async () => {
      expect((await failureOf(read({ table: 'no such table' }))).code).toBe('NOT_FOUND');
    });

    it('can be given up, and the session goes on', async () => {
      const controller = new AbortController();
      const given = failureOf(read({ table: 'orders' }, controller.signal));
      controller.abort();
      expect((await given).code).toMatch(/CANCELLED$/);
      expect(namesOf(await read({ table: 'items' }))).toHaveLength(2);
    });
  });
}
