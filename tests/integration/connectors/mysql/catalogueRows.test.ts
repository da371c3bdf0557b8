import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { MysqlCatalogue } from '../../../../src/main/connectors/mysql/catalogue/MysqlCatalogue.ts';
import { MysqlRowReader } from '../../../../src/main/connectors/mysql/catalogue/MysqlRowReader.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { describeProduct } from '../../../support/mysql/describeProduct.ts';
import { MysqlCluster } from '../../../support/mysql/MysqlCluster.ts';
import { readRelation } from '../../../support/readRelation.ts';
import { describeNode, openCatalogueSession, readAllRows } from './catalogueReading.ts';

const quiet = { signal: neverAborted };

const setUp = [
  'CREATE DATABASE shop',
  "CREATE TABLE shop.inv (id INT PRIMARY KEY, secret VARCHAR(20) INVISIBLE DEFAULT 'hid', note VARCHAR(20))",
  "INSERT INTO shop.inv (id, secret, note) VALUES (1, 's1', 'n1')",
  `CREATE TABLE shop.k (z INT(5) UNSIGNED ZEROFILL, m MEDIUMINT(8) UNSIGNED ZEROFILL, d DECIMAL(65,30), e DECIMAL(9,4),
     g FLOAT, h DOUBLE, t TINYINT(1))`,
  `INSERT INTO shop.k VALUES
     (42, 1234, -12345678901234567890123456789012345.123456789012345678901234567890, 1.5, 1.1, 0.1, 2),
     (0, 0, 0, 0, 0, 1e300, -1)`,
  'CREATE TABLE shop.many (i INT PRIMARY KEY)',
  `INSERT INTO shop.many
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT i FROM n`,
  `CREATE TABLE shop.\`odd.part\` (id INT NOT NULL PRIMARY KEY) PARTITION BY RANGE (id)
     (PARTITION \`p.0\` VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE)`,
  'INSERT INTO shop.`odd.part` VALUES (1), (2), (11)',
  'CREATE TABLE shop.shapes (id INT PRIMARY KEY, p GEOMETRY)',
  "INSERT INTO shop.shapes VALUES (2, ST_GeomFromText('POLYGON((0 0,0 3,3 3,0 0))')), (3, NULL)",
];

for (const product of ['mariadb', 'mysql'] as const) {
  describeProduct(product, () => {
    let cluster: MysqlCluster;
    let session: SqlConnection;

    beforeAll(async () => {
      cluster = await MysqlCluster.start({ product, sql: setUp });
      session = await openCatalogueSession(cluster, { database: 'shop' });
    });

    afterAll(async () => {
      await session?.close();
      await cluster?.dispose();
    });

    const rowsOf = (name: string, limit?: number) => readAllRows(session, { schema: 'shop', name }, limit);

    it('reads an invisible column too, each value below its own name', async () => {
      const { columns, rows } = await rowsOf('inv');
      expect(columns.map(({ name }) => name)).toEqual(['id', 'secret', 'note']);
      expect(rows).toEqual([['1', 's1', 'n1']]);
    });

    it('reads numbers as the server writes them, with the types of the dictionary', async () => {
      const { columns, rows } = await rowsOf('k');
      expect(columns[0]).toEqual({ name: 'z', type: 'int(5) unsigned zerofill', kind: 'integer' });
      expect(columns[6]).toEqual({ name: 't', type: 'tinyint(1)', kind: 'integer' });
      expect(rows).toEqual([
        [
          ...['00042', '00001234', '-12345678901234567890123456789012345.123456789012345678901234567890'],
          ...['1.5000', '1.1', '0.1', '2'],
        ],
        ['00000', '00000000', `0.${'0'.repeat(30)}`, '0.0000', '0', '1e300', '-1'],
      ]);
    });

    it('reads a geometry as text, and keeps its reference system', async () => {
      const text = product === 'mariadb' ? 'POINT(13.4 52.5)' : 'POINT(52.5 13.4)';
      await cluster.execute('REPLACE INTO shop.shapes VALUES (1, ST_GeomFromText(?, 4326))', [text]);
      const { columns, rows } = await rowsOf('shapes');
      expect(columns[1]).toEqual({ name: 'p', type: 'geometry', kind: 'geometry' });
      expect(rows).toEqual([
        ['1', `SRID=4326;${text}`],
        ['2', 'POLYGON((0 0,0 3,3 3,0 0))'],
        ['3', null],
      ]);
    });

    it('reads no more rows than asked for, in batches', async () => {
      expect((await rowsOf('many', 7)).rows).toEqual(['1', '2', '3', '4', '5', '6', '7'].map((i) => [i]));
      const relation = { schema: 'shop', name: 'many' };
      const stream = await readRelation(new MysqlRowReader(), session, relation, 1_000, quiet);
      expect((await stream.next(3)).length).toBeLessThanOrEqual(3);
      await stream.close();
      expect(session.isBusy).toBe(false);
      expect((await rowsOf('many')).rows).toHaveLength(1_000);
    });

    it('reads one partition, whatever its name and that of its table hold', async () => {
      expect((await rowsOf('odd.part.p.0')).rows).toEqual([['1'], ['2']]);
      expect((await rowsOf('odd.part.p1')).rows).toEqual([['11']]);
      expect((await rowsOf('odd.part')).rows).toHaveLength(3);
    });

    it('counts exactly, and says so', async () => {
      const rows = await new MysqlCatalogue().countRows(session, { schema: 'shop', name: 'many' }, quiet);
      expect(rows).toEqual({ value: 1_000, accuracy: 'exact' });
    });

    it('reads from a read-only session', async () => {
      const reading = await openCatalogueSession(cluster, { readOnly: true });
      expect((await readAllRows(reading, { schema: 'shop', name: 'inv' })).rows).toHaveLength(1);
      expect(await describeNode(reading, { schema: 'shop', name: 'inv', kind: 'table' })).toMatchObject({
        problem: null,
      });
      await reading.close();
    });

    it('says that a table is gone in the words of the server', async () => {
      const failure = await failureOf(rowsOf('nothing'));
      expect(failure.driverCode).toMatch(/^1146/);
      expect(session.isUsable).toBe(true);
    });

    it('reads only the columns that the user may see', async () => {
      await cluster.execute("CREATE USER narrow@'%' IDENTIFIED BY 'pw-narrow'");
      await cluster.execute("GRANT SELECT (id, note) ON shop.inv TO narrow@'%'");
      const narrow = await openCatalogueSession(cluster, {
        account: { user: 'narrow', password: 'pw-narrow' },
      });
      const { columns, rows } = await readAllRows(narrow, { schema: 'shop', name: 'inv' });
      expect(columns.map(({ name }) => name)).toEqual(['id', 'note']);
      expect(rows).toEqual([['1', 'n1']]);
      await narrow.close();
    });
  });
}

describe('MariaDB', () => {
  it('shows its own types by their names, and their values as they are', async () => {
    const cluster = await MysqlCluster.start({
      sql: [
        'CREATE DATABASE shop',
        'CREATE TABLE shop.u (a UUID, b INET6, c INET4)',
        `INSERT INTO shop.u VALUES ('0198AAAA-BBBB-7CCC-8DDD-EEEEFFFF0001', '2001:0DB8:0:0:0:0:0:1', '192.0.2.7'),
           ('00000000-0000-0000-0000-000000000000', '::', '0.0.0.0')`,
      ],
    });
    const session = await openCatalogueSession(cluster);
    const { columns } = await describeNode(session, { schema: 'shop', name: 'u', kind: 'table' });
    expect(columns.map(({ type }) => type)).toEqual(['uuid', 'inet6', 'inet4']);
    const read = await readAllRows(session, { schema: 'shop', name: 'u' });
    expect(read.columns.map(({ type }) => type)).toEqual(['uuid', 'inet6', 'inet4']);
    expect(read.rows).toEqual([
      ['0198aaaa-bbbb-7ccc-8ddd-eeeeffff0001', '2001:db8::1', '192.0.2.7'],
      ['00000000-0000-0000-0000-000000000000', '::', '0.0.0.0'],
    ]);
    await session.close();
    await cluster.dispose();
  });
});
