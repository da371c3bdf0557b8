import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { MysqlTableWriter } from '../../../../src/main/connectors/mysql/writing/MysqlTableWriter.ts';
import type { Row } from '../../../../src/main/connectors/RowStream.ts';
import type { WriteTarget } from '../../../../src/main/connectors/TableWriter.ts';
import { encodedRows } from '../../../support/encodedRows.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { describeProduct } from '../../../support/mysql/describeProduct.ts';
import { MysqlCluster } from '../../../support/mysql/MysqlCluster.ts';
import { ask, openSession, restOf } from './sessionUnderTest.ts';

const writer = new MysqlTableWriter();
const options = { signal: neverAborted };
const relation = (name: string) => ({ schema: 'shop', name });

let cluster: MysqlCluster;
/** One that may send a file, and one that may not. */
let sessions: Record<'file' | 'insert', SqlConnection>;

/** Of a table that is made anew. */
async function target(columns: readonly (readonly [string, string])[], rest = ''): Promise<WriteTarget> {
  const texts = columns.map(([name, declared]) => `\`${name}\` ${declared}`);
  await ask(sessions.file, 'DROP TABLE IF EXISTS shop.t');
  await ask(sessions.file, `CREATE TABLE shop.t (${texts.join(', ')}${rest}) CHARACTER SET utf8mb4`);
  return {
    relation: relation('t'),
    columns: columns.map(([name, declared]) => ({ name, declared, isIdentityAlways: false })),
  };
}

const load = (to: WriteTarget, rows: readonly Row[], way: 'file' | 'insert' = 'file') =>
  writer.load(sessions[way], to, encodedRows(rows), options);

async function stored(select = '*'): Promise<readonly Row[]> {
  const stream = await sessions.file.run({ text: `SELECT ${select} FROM shop.t` }, options);
  return restOf(stream);
}

const hardTexts = [
  ...[
    '',
    'NULL',
    '\\N',
    'N',
    '\\',
    '\\\\',
    '\\t',
    'a\tb',
    'a\nb',
    'a\r\nb',
    '\r',
    'a\0b',
    '\u001a',
    "'",
    '"',
  ],
  ...[
    '`',
    ' lead',
    'trail ',
    '\\.',
    ',',
    '\u0085',
    '0x41',
    'Grün 日本 😀',
    '\u{1F600}\u{1F601}\\',
    '%',
    "'); DROP",
  ],
  'x'.repeat(300_000),
  'tab\t\\'.repeat(60_000),
];

for (const product of ['mariadb', 'mysql'] as const) {
  describeProduct(product, () => {
    beforeAll(async () => {
      const settings = {
        'local-infile': '1',
        'max-allowed-packet': '16M',
        'sql-mode': 'NO_BACKSLASH_ESCAPES',
      };
      cluster = await MysqlCluster.start({ product, settings, sql: ['CREATE DATABASE shop'] });
      const { user, password, socketPath } = cluster;
      const open = (loadsRows: boolean) =>
        openSession(cluster, { config: { user, socketPath, database: 'shop' }, password, loadsRows });
      sessions = { file: await open(true), insert: await open(false) };
      for (const session of Object.values(sessions)) await writer.prepare(session, options);
    });

    afterAll(async () => {
      for (const session of Object.values(sessions ?? {})) await session.close();
      await cluster?.dispose();
    });

    describe.each(['file', 'insert'] as const)('load by %s', (way) => {
      it('keeps every text exactly, and tells NULL from nothing', async () => {
        const to = await target([
          ['id', 'INT PRIMARY KEY'],
          ['v', 'LONGTEXT'],
        ]);
        const rows = [...hardTexts, null].map((text, index) => [String(index), text]);
        await load(to, rows, way);
        expect(await stored()).toEqual(rows);
      });

      it('keeps bytes, bits, numbers, JSON and geometries exactly', async () => {
        const to = await target([
          ['id', 'BIGINT UNSIGNED PRIMARY KEY'],
          ['b', 'LONGBLOB'],
          ['f', 'BIT(64)'],
          ['d', 'DECIMAL(38,10)'],
          ['j', 'JSON'],
          ['g', 'GEOMETRY'],
          ['e', "ENUM('a','ü')"],
        ]);
        const json = '{"a": "\\\\ \\" \\n ü"}';
        await load(
          to,
          [
            [
              '18446744073709551615',
              '00ff5c090a',
              '18446744073709551615',
              '1234567890123456789.0123456789',
              json,
              'POINT(1 2)',
              'ü',
            ],
            ['9007199254740993', '0x00FF5C090A', '5', '-0.1', '[]', 'SRID=4326;POINT(3 4)', 'a'],
            ['0', '', '0', null, null, null, null],
          ],
          way,
        );
        expect(await stored('id, b, f, d, j, ST_AsText(g), ST_SRID(g), e')).toEqual([
          ['0', '0x', '0', null, null, null, null, null],
          ['9007199254740993', '0x00FF5C090A', '5', '-0.1000000000', '[]', 'POINT(3 4)', '4326', 'a'],
          [
            '18446744073709551615',
            '0x00FF5C090A',
            '18446744073709551615',
            '1234567890123456789.0123456789',
            json,
            'POINT(1 2)',
            '0',
            'ü',
          ],
        ]);
      });

      it.each([
        ['is no number', 'INT', 'twelve'],
        ['is too large', 'TINYINT', '300'],
        ['has too many digits', 'DECIMAL(4,1)', '1.25'],
        ['is too long', 'VARCHAR(2)', 'abc'],
        ['is no date', 'DATE', '2024-02-30'],
        ['is NULL in a column that has none', 'INT NOT NULL', null],
        ['is there already', 'INT UNIQUE', '7'],
        ['breaks a check', 'INT CHECK (v < 8)', '8'],
        ['are no bytes', 'BLOB', 'xyz1'],
        ['is the place of a value', "ENUM('a','2')", '1'],
        ['is the place of a value behind a space', "ENUM('a','2')", ' 1'],
        ['is the place of a value before a space', "ENUM('a','2')", '1 '],
        ['is the place of a value with a sign', "ENUM('a','2')", '+1'],
        ['is the places of values of a set', "SET('a','2')", ' 1'],
      ])('refuses a row whose value %s, as the row’s fault', async (_, declared, value) => {
        const to = await target([
          ['id', 'INT PRIMARY KEY'],
          ['v', declared],
        ]);
        await ask(sessions[way], 'START TRANSACTION');
        if (value === '7') await load(to, [['1', '7']], way);
        const failure = await failureOf(load(to, [['2', value]], way));
        await ask(sessions[way], 'ROLLBACK');
        expect(failure.detail).not.toBe('');
        expect(writer.judge(failure)).toBe('row');
      });

      it('loads 300 columns of 1,000 rows', async () => {
        const columns = Array.from({ length: 300 }, (_, index) => [`c${index}`, 'INT'] as const);
        const to = await target(columns);
        const rows = Array.from({ length: 1_000 }, (_, row) =>
          columns.map((_, index) => String(row * 300 + index)),
        );
        await load(to, rows, way);
        expect(await stored('COUNT(*), MAX(c299)')).toEqual([['1000', '299999']]);
      });
    });

    it('loads by LOAD DATA in a session that may, and by INSERT in others', async () => {
      const to = await target([['v', 'INT']]);
      const counted = async (way: 'file' | 'insert') => {
        const text = "SHOW SESSION STATUS WHERE Variable_name IN ('Com_load', 'Com_insert')";
        const before = (await ask(sessions[way], text)).rows;
        await load(to, [['1']], way);
        const { rows } = await ask(sessions[way], text);
        return rows.filter((row, index) => row[1] !== before[index]?.[1]).map(([name]) => name);
      };
      expect(await counted('file')).toEqual(['Com_load']);
      expect(await counted('insert')).toEqual(['Com_insert']);
    });

    it('loads by INSERT where the server has turned LOAD DATA off for clients', async () => {
      const to = await target([['v', 'TEXT']]);
      await ask(sessions.insert, 'SET GLOBAL local_infile = 0');
      const { user, password, socketPath } = cluster;
      const session = await openSession(cluster, { config: { user, socketPath }, password, loadsRows: true });
      await writer.prepare(session, options);
      await writer.load(session, to, encodedRows([['a\tb'], [null]]), options);
      await session.close();
      await ask(sessions.insert, 'SET GLOBAL local_infile = 1');
      expect(await stored()).toEqual([['a\tb'], [null]]);
    });

    it('ends a load that is cancelled at the server, and the session goes on', async () => {
      const to = await target([['v', 'LONGTEXT']]);
      const blocking = await openSession(cluster, {
        config: { user: cluster.user, socketPath: cluster.socketPath },
        password: cluster.password,
      });
      await ask(blocking, 'LOCK TABLES shop.t WRITE');
      const abort = new AbortController();
      const rows = encodedRows(Array.from({ length: 2_000 }, () => ['x'.repeat(10_000)]));
      const loading = failureOf(writer.load(sessions.file, to, rows, { signal: abort.signal }));
      abort.abort();
      const failure = await loading;
      await blocking.close();
      expect(['QUERY_CANCELLED', 'CANCELLED']).toContain(failure.code);
      await load(to, [['after']]);
      expect(await stored()).toEqual([['after']]);
    });

    it('updates the row of a key only, the last one of a batch, and refuses to touch another one', async () => {
      const to = await target(
        [
          ['id', 'INT NOT NULL'],
          ['state', 'VARCHAR(20)'],
          ['code', 'VARCHAR(20)'],
          ['gone', 'DATETIME(6)'],
        ],
        ', PRIMARY KEY (id), UNIQUE (code)',
      );
      const columns = to.columns.slice(0, 3);
      await ask(sessions.file, `INSERT INTO shop.t VALUES (7, 'old', 'a', NOW()), (9, 'old', 'c', NULL)`);
      const temporary = writer.words.temporary(to.relation, 'batch');
      const upsert = async (rows: readonly Row[]) => {
        for (const text of writer.words.createTemporary(temporary, to.relation, columns))
          await ask(sessions.file, text);
        await load({ relation: temporary, columns }, rows);
        await ask(sessions.file, writer.words.upsertFrom({ ...to, columns }, temporary, ['id'], ['gone']));
      };
      await upsert([
        ['7', 'draft', 'a'],
        ['8', 'new', 'b'],
        ['7', 'paid', 'a'],
      ]);
      const expected = [
        ['7', 'paid', 'a', null],
        ['8', 'new', 'b', null],
        ['9', 'old', 'c', null],
      ];
      expect(await stored()).toEqual(expected);
      const failure = await failureOf(upsert([['10', 'thief', 'c']]));
      expect(writer.judge(failure)).toBe('row');
      expect(await stored()).toEqual(expected);
    });

    it('describes what a table takes', async () => {
      await ask(sessions.file, 'DROP TABLE IF EXISTS shop.d');
      await ask(
        sessions.file,
        `CREATE TABLE shop.d (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, name VARCHAR(35) NOT NULL, net DECIMAL(10,2),
           gross DECIMAL(12,4) GENERATED ALWAYS AS (net * 1.2) STORED, state INT NOT NULL DEFAULT 1,
           UNIQUE (name, state), UNIQUE part (name(3)), KEY (net))`,
      );
      const table = await writer.describe(sessions.file, relation('d'), options);
      expect(table?.uniqueKeys).toEqual([['id'], ['name', 'state']]);
      expect(
        table?.columns.map(({ name, declared, isNullable, hasDefault, isGenerated }) => [
          ...[name, declared.replace(/^bigint\(20\)/, 'bigint').replace(/^int\(11\)/, 'int')],
          ...[isNullable, hasDefault, isGenerated],
        ]),
      ).toEqual([
        ['id', 'bigint unsigned', false, true, false],
        ['name', 'varchar(35)', false, false, false],
        ['net', 'decimal(10,2)', true, false, false],
        ['gross', 'decimal(12,4)', true, false, true],
        ['state', 'int', false, true, false],
      ]);
      expect(await writer.describe(sessions.file, relation('missing'), options)).toBeNull();
      await ask(sessions.file, 'CREATE OR REPLACE VIEW shop.v AS SELECT * FROM shop.d');
      const refused = await failureOf(writer.describe(sessions.file, relation('v'), options));
      expect(refused.code).toBe('UNSUPPORTED');
    });
  });
}
