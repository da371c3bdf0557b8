import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { PostgresTableWriter } from '../../../../src/main/connectors/postgres/writing/PostgresTableWriter.ts';
import type { Row } from '../../../../src/main/connectors/RowStream.ts';
import type { WriteTarget } from '../../../../src/main/connectors/TableWriter.ts';
import { encodedRows } from '../../../support/encodedRows.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';
import { rowsOf } from '../../../support/streamRows.ts';

const server = inject('postgres');
const quiet = { signal: neverAborted };
const writer = new PostgresTableWriter();
const schema = 'table_writer';

let session: SqlConnection;
const run = (text: string) => session.query({ text }, quiet);
const named = (name: string) => `${schema}.${name}`;
const describeTable = (name: string) => writer.describe(session, { schema, name }, quiet);
const target = (name: string, ...names: readonly string[]): WriteTarget => ({
  relation: { schema, name },
  columns: names.map((column) => ({ name: column, declared: 'text', isIdentityAlways: false })),
});

/** Loads rows in a transaction of their own. */
async function load(into: WriteTarget, rows: readonly Row[]): Promise<void> {
  await run('BEGIN');
  try {
    await writer.prepare(session, quiet);
    await writer.load(session, into, encodedRows(rows), quiet);
    await run('COMMIT');
  } catch (error) {
    await run('ROLLBACK');
    throw error;
  }
}

const verdictOn = async (into: WriteTarget, row: Row) => writer.judge(await failureOf(load(into, [row])));

beforeAll(async () => {
  session = await openSession(fieldsFor(server), { password: server.password });
  await run(`CREATE SCHEMA ${schema}`);
});

afterAll(async () => {
  await run(`DROP SCHEMA ${schema} CASCADE`);
  await session.close();
});

describe('loading', () => {
  it('keeps every byte of every value, whatever the session of the role is set to', async () => {
    await run(`CREATE TABLE ${named('"odd ""n\\ames"""')} (id int, "a b" text)`);
    const texts = [
      ...[
        '',
        ' ',
        '\\',
        '\\.',
        '\\N',
        '\\x41',
        'a\tb',
        'a\nb',
        'a\r\nb',
        '\r',
        '\b\f\v',
        '"\'`',
        'NULL',
        null,
      ],
      ...['ü€😀', '\u202e', '\ufeffx', `${'long\\'.repeat(60_000)}`, 'x'.repeat(300_000)],
    ];
    const rows = texts.map((text, index) => [String(index), text]);
    await run(`SET standard_conforming_strings = off`);
    await load(target('odd "n\\ames"', 'id', 'a b'), rows);
    await run(`RESET standard_conforming_strings`);
    const text = `SELECT * FROM ${named('"odd ""n\\ames"""')} ORDER BY id`;
    expect(await rowsOf(await session.run({ text }, quiet))).toEqual(rows);
  });

  it('reads dates and intervals in one way', async () => {
    await run(`CREATE TABLE ${named('times')} (at timestamptz, day date, span interval)`);
    await run(`SET DateStyle = 'German, DMY'`);
    await run(`SET TimeZone = 'Asia/Tokyo'`);
    await run('SET IntervalStyle = sql_standard');
    await load(target('times', 'at', 'day', 'span'), [
      ['2024-05-06 12:00:00', '2024-05-06', '-1 days +02:00:00'],
    ]);
    for (const name of ['DateStyle', 'TimeZone', 'IntervalStyle']) await run(`RESET ${name}`);
    const text = `SELECT at AT TIME ZONE 'UTC', day, extract(epoch FROM span)::int FROM ${named('times')}`;
    expect((await run(text)).rows).toEqual([['2024-05-06 12:00:00', '2024-05-06', '-79200']]);
  });
});

describe('judging', () => {
  it('finds a row at fault for its values, its constraints and what a trigger raises', async () => {
    await run(`CREATE TABLE ${named('strict')} (id int PRIMARY KEY, small smallint, name varchar(3) NOT NULL,
      CHECK (id > 0), UNIQUE (small) DEFERRABLE INITIALLY DEFERRED, long text UNIQUE)`);
    await run(`CREATE FUNCTION ${named('refuse')}() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW.name = 'no' THEN RAISE 'No.'; END IF; RETURN NEW; END $$`);
    await run(
      `CREATE TRIGGER refusing BEFORE INSERT ON ${named('strict')} FOR EACH ROW EXECUTE FUNCTION ${named('refuse')}()`,
    );
    const into = target('strict', 'id', 'small', 'name', 'long');
    await load(into, [['1', '1', 'abc', null]]);
    const random = Array.from({ length: 40_000 }, (_, index) =>
      (index * 7_919 * (index % 97)).toString(36),
    ).join('');
    const refused: Row[] = [
      ['one', '2', 'abc', null],
      ['2', '70000', 'abc', null],
      ['2', '2', 'abcd', null],
      ['2', '2', null, null],
      ['-2', '2', 'abc', null],
      ['1', '2', 'abc', null],
      // Checked at the end of a transaction elsewhere.
      ['2', '1', 'abc', null],
      ['2', '2', 'no', null],
      ['2', '2', 'a\0b', null],
      // Too long for its index.
      ['2', '2', 'abc', random],
    ];
    for (const row of refused) expect(await verdictOn(into, row), String(row[0])).toBe('row');
    expect(await verdictOn(target('strict', 'missing'), ['1'])).toBe('other');
    expect((await run(`SELECT count(*) FROM ${named('strict')}`)).rows).toEqual([['1']]);
  });

  it('knows that a lost connection may be made again', async () => {
    const other = await openSession(fieldsFor(server), { password: server.password });
    await run(`SELECT pg_terminate_backend(${other.backendId})`);
    const failure = await failureOf(other.query({ text: 'SELECT 1' }, quiet));
    expect(writer.judge(failure)).toBe('transient');
  });
});

describe('describing', () => {
  it('says of each column what decides whether it can be written', async () => {
    await run(`CREATE DOMAIN ${named('grade')} AS int DEFAULT 1 NOT NULL`);
    await run(`CREATE TABLE ${named('described')} (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, gone int, code varchar(11) NOT NULL, at timestamptz(3) DEFAULT now(),
      net numeric(38,10), gross numeric GENERATED ALWAYS AS (net * 2) STORED, grade ${named('grade')},
      UNIQUE (code, net), UNIQUE (at) DEFERRABLE)`);
    await run(`ALTER TABLE ${named('described')} DROP COLUMN gone`);
    await run(`CREATE UNIQUE INDEX ON ${named('described')} (code) WHERE net > 0`);
    await run(`CREATE UNIQUE INDEX ON ${named('described')} (lower(code))`);
    await run(`CREATE UNIQUE INDEX ON ${named('described')} (net) INCLUDE (code)`);
    const found = await describeTable('described');
    const plain = { isNullable: true, hasDefault: false, isGenerated: false, isIdentityAlways: false };
    expect(found?.columns.map(({ type: _, ...column }) => column)).toEqual([
      {
        ...plain,
        name: 'id',
        declared: 'bigint',
        isNullable: false,
        hasDefault: true,
        isIdentityAlways: true,
      },
      { ...plain, name: 'code', declared: 'character varying(11)', isNullable: false },
      { ...plain, name: 'at', declared: 'timestamp(3) with time zone', hasDefault: true },
      { ...plain, name: 'net', declared: 'numeric(38,10)' },
      { ...plain, name: 'gross', declared: 'numeric', isGenerated: true, hasDefault: true },
      { ...plain, name: 'grade', declared: named('grade'), isNullable: false, hasDefault: true },
    ]);
    expect(found?.uniqueKeys).toEqual([['id'], ['net'], ['code', 'net']]);
    expect(await describeTable('nothing')).toBeNull();
  });

  it('writes to tables and partitioned ones, and refuses views', async () => {
    await run(`CREATE TABLE ${named('parted')} (id int PRIMARY KEY) PARTITION BY RANGE (id)`);
    await run(`CREATE VIEW ${named('seen')} AS SELECT * FROM ${named('parted')}`);
    expect((await describeTable('parted'))?.uniqueKeys).toEqual([['id']]);
    expect((await failureOf(describeTable('seen'))).code).toBe('UNSUPPORTED');
  });
});
