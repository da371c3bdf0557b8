import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelledError } from '../../../../src/main/base/AppError.ts';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { MysqlCatalogue } from '../../../../src/main/connectors/mysql/catalogue/MysqlCatalogue.ts';
import type { CatalogueNode } from '../../../../src/shared/model/schemaTree.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { describeProduct } from '../../../support/mysql/describeProduct.ts';
import { MysqlCluster } from '../../../support/mysql/MysqlCluster.ts';
import { describeNode, noting, openCatalogueSession, readAllNames, readAllRows } from './catalogueReading.ts';

const quiet = { signal: neverAborted };
const catalogue = new MysqlCatalogue();

const numbers =
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT i FROM n';

const setUp = [
  'CREATE DATABASE shop',
  "CREATE TABLE shop.orders (id INT PRIMARY KEY) COMMENT 'what was sold'",
  `INSERT INTO shop.orders ${numbers}`,
  'CREATE VIEW shop.recent AS SELECT id FROM shop.orders',
  "CREATE FUNCTION shop.twice(a INT) RETURNS INT DETERMINISTIC COMMENT 'adds up' RETURN a + a",
  'CREATE PROCEDURE shop.twice(OUT a INT) SET a = 2',
  'CREATE TRIGGER shop.twice BEFORE INSERT ON shop.orders FOR EACH ROW SET NEW.id = NEW.id',
  "CREATE EVENT shop.tidy ON SCHEDULE EVERY 1 DAY COMMENT 'each night' DO SELECT 1",
  `CREATE TABLE shop.part (id INT NOT NULL PRIMARY KEY, d INT) PARTITION BY RANGE (id)
     (PARTITION p0 VALUES LESS THAN (400), PARTITION P1 VALUES LESS THAN (800), PARTITION p2 VALUES LESS THAN MAXVALUE)`,
  `INSERT INTO shop.part (id) ${numbers}`,
  `CREATE TABLE shop.sub (id INT NOT NULL PRIMARY KEY) PARTITION BY RANGE (id) SUBPARTITION BY HASH (id) SUBPARTITIONS 2
     (PARTITION p0 VALUES LESS THAN (400), PARTITION p1 VALUES LESS THAN MAXVALUE)`,
  'ANALYZE TABLE shop.orders, shop.part, shop.sub',
  'CREATE TABLE shop.est (i INT PRIMARY KEY)',
  'CREATE TABLE shop.gone (i INT)',
  'CREATE VIEW shop.broken AS SELECT i FROM shop.gone',
  'DROP TABLE shop.gone',
];

/** Names that people have, and that something in between may take for syntax. */
const oddNames = [
  'a`b',
  'dot.name',
  '100%_done',
  `it's "q" \\ /`,
  'select',
  'ünï',
  'uni',
  '1e3',
  'tab\there',
  'what?',
  'ü'.repeat(64),
  'orders',
  'Orders',
  'we"ird',
] as const;
const oddSchemas = ['my-shop', '100%_d.o`t'] as const;

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** Each has a column of its own, so that two of them cannot be mixed up. */
const oddTables = oddSchemas.flatMap((schema) => [
  `CREATE DATABASE ${quoted(schema)}`,
  ...oddNames.map(
    (name, index) =>
      `CREATE TABLE ${quoted(schema)}.${quoted(name)} (${quoted(`c${index}`)} INT PRIMARY KEY, ${quoted('a"b')} INT)`,
  ),
  ...oddNames.map(
    (name, index) => `INSERT INTO ${quoted(schema)}.${quoted(name)} VALUES (${index}, ${index * 10})`,
  ),
]);

for (const product of ['mariadb', 'mysql'] as const) {
  describeProduct(product, () => {
    let cluster: MysqlCluster;
    let session: SqlConnection;

    beforeAll(async () => {
      cluster = await MysqlCluster.start({ product, sql: [...setUp, ...oddTables] });
      session = await openCatalogueSession(cluster);
    });

    afterAll(async () => {
      await session?.close();
      await cluster?.dispose();
    });

    const inShop = async (): Promise<readonly CatalogueNode[]> =>
      (await readAllNames(session)).nodes.filter(({ schema }) => schema === 'shop');

    it('lists all databases, those of the server marked and last', async () => {
      const { schemas } = await readAllNames(session);
      const people = schemas.filter(({ isSystem }) => !isSystem).map(({ name }) => name);
      expect(people.sort()).toEqual([...oddSchemas, 'shop'].sort());
      expect(schemas.slice(people.length).map(({ name }) => name)).toEqual([
        'information_schema',
        'mysql',
        'performance_schema',
        'sys',
      ]);
    });

    it('lists every kind of node once, with the comments of people', async () => {
      const nodes = (await inShop()).filter(({ kind }) => kind !== 'partition');
      const found = nodes.map(({ kind, name, comment }) => [kind, name, comment]);
      expect(found).toHaveLength(10);
      expect(found).toEqual(
        expect.arrayContaining([
          ['table', 'orders', 'what was sold'],
          ['table', 'est', null],
          ['partitioned-table', 'part', null],
          ['partitioned-table', 'sub', null],
          ['view', 'recent', null],
          ['view', 'broken', null],
          ['function', 'twice', 'adds up'],
          ['procedure', 'twice', null],
          ['trigger', 'twice', null],
          ['event', 'tidy', 'each night'],
        ]),
      );
    });

    it('gives every node an id of its own, and a name of its own among its kind', async () => {
      const { nodes } = await readAllNames(session);
      expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
      const refs = nodes.map((node) => JSON.stringify([node.schema, node.name, node.kind, node.qualifier]));
      expect(new Set(refs).size).toBe(nodes.length);
    });

    it('shows partitions below their table, a subpartition as a part of its partition', async () => {
      const nodes = await inShop();
      const partitionsOf = (name: string) => {
        const parent = nodes.find((node) => node.kind === 'partitioned-table' && node.name === name);
        return nodes.filter(({ parentId }) => parentId === parent?.id).map((node) => node.name);
      };
      expect(partitionsOf('part')).toEqual(['part.p0', 'part.P1', 'part.p2']);
      expect(partitionsOf('sub')).toEqual(['sub.p0', 'sub.p1']);
      expect(nodes.filter(({ kind }) => kind === 'partition')).toHaveLength(5);
    });

    it('labels the rows of a table as an estimate, those of partitions added up', async () => {
      const nodes = await inShop();
      const rowsOf = (name: string) => nodes.find((node) => node.name === name)?.rows;
      for (const name of ['orders', 'part']) {
        expect(rowsOf(name)?.accuracy).toBe('estimate');
        expect(rowsOf(name)?.value).toBeGreaterThan(800);
        expect(rowsOf(name)?.value).toBeLessThan(1_200);
      }
      expect(rowsOf('part.P1')?.value).toBeGreaterThan(300);
      expect(rowsOf('recent')).toBeNull();
    });

    it('never says 0 of a table that has rows, also right after they came', async () => {
      const rowsOfEst = async () => (await inShop()).find(({ name }) => name === 'est')?.rows;
      expect(await rowsOfEst()).toBeNull();
      await cluster.execute('INSERT INTO shop.est VALUES (1), (2), (3)');
      expect(await rowsOfEst()).toEqual({ value: 3, accuracy: 'estimate' });
    });

    it('asks as many statements for many tables as for few', async () => {
      const statements: string[] = [];
      await readAllNames(noting(session, statements));
      const before = statements.length;
      for (const index of Array.from({ length: 30 }, (_, i) => i)) {
        await cluster.execute(`CREATE TABLE shop.more${index} (i INT)`);
      }
      statements.length = 0;
      await readAllNames(noting(session, statements));
      for (const index of Array.from({ length: 30 }, (_, i) => i)) {
        await cluster.execute(`DROP TABLE shop.more${index}`);
      }
      expect(statements.length).toBe(before);
    });

    it('leaves out what is in a schema that the user does not see', async () => {
      await cluster.execute("CREATE USER narrow@'%' IDENTIFIED BY 'pw-narrow'");
      await cluster.execute("GRANT SELECT ON shop.orders TO narrow@'%'");
      const narrow = await openCatalogueSession(cluster, {
        account: { user: 'narrow', password: 'pw-narrow' },
      });
      const { schemas, nodes } = await readAllNames(narrow);
      await narrow.close();
      const names = new Set(schemas.map(({ name }) => name));
      const elsewhere = nodes.filter(({ schema }) => !names.has(schema));
      // Accounts belong to no schema, and everybody sees their own.
      expect(elsewhere.map(({ kind, name }) => [kind, name])).toEqual([['account', 'narrow']]);
      const own = nodes.filter(({ schema }) => schema === 'shop');
      expect(own.map(({ kind, name }) => [kind, name])).toEqual([['table', 'orders']]);
    });

    it('ends a reading that is given up, and leaves the session usable', async () => {
      const reader = await catalogue.readNames(session, quiet);
      await reader.next(quiet);
      await reader.close();
      expect(await reader.next(quiet)).toEqual([]);
      expect(session.isBusy).toBe(false);
      expect((await inShop()).length).toBeGreaterThan(0);
    });

    it('ends a reading that is cancelled with the reason, and leaves the session usable', async () => {
      const abort = new AbortController();
      const reader = await catalogue.readNames(session, { signal: abort.signal });
      abort.abort(cancelledError());
      expect((await failureOf(reader.next({ signal: abort.signal }))).code).toBe('CANCELLED');
      await reader.close();
      expect(session.isBusy).toBe(false);
      expect((await inShop()).length).toBeGreaterThan(0);
    });

    describe('with names that look like syntax', () => {
      it.each(oddSchemas)('lists every table of %s once', async (schema) => {
        const { nodes } = await readAllNames(session);
        const names = nodes.filter((node) => node.schema === schema).map(({ name }) => name);
        expect(names.sort()).toEqual([...oddNames].sort());
      });

      it.each(oddSchemas)('opens each table of %s with its own structure and rows', async (schema) => {
        for (const [index, name] of oddNames.entries()) {
          const detail = await describeNode(session, { schema, name, kind: 'table' });
          expect(detail.columns.map((column) => column.name)).toEqual([`c${index}`, 'a"b']);
          expect(detail.indexes.map(({ definition }) => definition)).toEqual([`PRIMARY KEY (\`c${index}\`)`]);
          const { rows } = await readAllRows(session, { schema, name });
          expect(rows).toEqual([[String(index), String(index * 10)]]);
        }
      });
    });

    it.each(
      product === 'mariadb'
        ? ['ANSI_QUOTES,PIPES_AS_CONCAT', 'ORACLE', 'NO_BACKSLASH_ESCAPES']
        : ['ANSI_QUOTES,PIPES_AS_CONCAT', 'ANSI,PAD_CHAR_TO_FULL_LENGTH', 'NO_BACKSLASH_ESCAPES'],
    )('reads the same when the server is set to %s', async (mode) => {
      const before = await readAllNames(session);
      const [saved] = await cluster.execute('SELECT @@GLOBAL.sql_mode AS mode');
      await cluster.execute('SET GLOBAL sql_mode = ?', [mode]);
      const strange = await openCatalogueSession(cluster);
      try {
        expect(await readAllNames(strange)).toEqual(before);
        const node = { schema: 'my-shop', name: 'we"ird', kind: 'table' } as const;
        expect((await describeNode(strange, node)).columns.map(({ name }) => name)[1]).toBe('a"b');
        expect((await readAllRows(strange, node)).rows).toHaveLength(1);
      } finally {
        await strange.close();
        await cluster.execute('SET GLOBAL sql_mode = ?', [String(saved?.mode)]);
      }
    });
  });
}

describe('MariaDB', () => {
  it('lists its sequences, which have rows and a definition', async () => {
    const cluster = await MysqlCluster.start({
      sql: ['CREATE DATABASE shop', 'CREATE SEQUENCE shop.numbers START WITH 5'],
    });
    const session = await openCatalogueSession(cluster);
    const { nodes } = await readAllNames(session);
    const node = nodes.find(({ name }) => name === 'numbers');
    expect(node).toMatchObject({ kind: 'sequence', schema: 'shop', rows: null });
    const detail = await describeNode(session, { schema: 'shop', name: 'numbers', kind: 'sequence' });
    expect(detail.definition).toMatch(/^CREATE SEQUENCE `numbers` start with 5 /);
    const { columns, rows } = await readAllRows(session, { schema: 'shop', name: 'numbers' });
    expect(columns[0]?.name).toBe('next_not_cached_value');
    expect(rows[0]?.[0]).toBe('5');
    await session.close();
    await cluster.dispose();
  });

  it('shows the names in lower case of a server that stores them so, whatever the form says', async () => {
    const cluster = await MysqlCluster.start({
      settings: { 'lower-case-table-names': '1' },
      sql: ['CREATE DATABASE LShop', 'CREATE TABLE LShop.OrderItems (Id INT PRIMARY KEY)'],
    });
    const session = await openCatalogueSession(cluster, { database: 'LShop' });
    const { schemas, nodes } = await readAllNames(session);
    expect(schemas.map(({ name }) => name)).toContain('lshop');
    const node = nodes.find(({ schema }) => schema === 'lshop');
    expect(node).toMatchObject({ name: 'orderitems', kind: 'table' });
    const detail = await describeNode(session, { schema: 'lshop', name: 'orderitems', kind: 'table' });
    expect(detail.columns).toMatchObject([{ name: 'Id', isPrimaryKey: true }]);
    await session.close();
    await cluster.dispose();
  });
});
