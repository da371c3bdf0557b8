import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { systemClock } from '../../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../../src/main/connectors/Connection.ts';
import { PostgresConnector } from '../../../src/main/connectors/postgres/PostgresConnector.ts';
import { fieldsFor } from '../../support/postgresClusterFields.ts';
import { openSession } from '../../support/postgresClusterSession.ts';
import { load, quiet, type TypedColumn, thereAndBack } from './roundTrip.ts';

const { types, writer } = new PostgresConnector(systemClock);
const server = inject('postgres');
let session: SqlConnection;

const columns: readonly TypedColumn[] = [
  ['a', 'bigint'],
  ['b', 'numeric(38,10)'],
  ['c', 'numeric'],
  ['d', 'double precision'],
  ['e', 'real'],
  ['f', 'boolean'],
  ['g', 'text'],
  ['h', 'bytea'],
  ['i', 'date'],
  ['j', 'time without time zone'],
  ['k', 'time with time zone'],
  ['l', 'timestamp without time zone'],
  ['m', 'timestamp with time zone'],
  ['n', 'interval'],
  ['o', 'uuid'],
  ['p', 'json'],
  ['q', 'integer[]'],
  ['r', 'tstzrange'],
];
const rows = [
  `9007199254740993, 1234567890123456789.0123456789, 0.1, 0.1, 1.1, true, E'a\\\\b\\tc\\nd', '\\x00ff5c', '0044-03-15 BC',
   '24:00:00', '12:34:56.000001+05:30', '4713-01-01 00:00:00 BC', '1890-01-01 00:00:00.000001+00:53:28',
   '-1 year 2 mons -3 days +04:05:06.789', '0198aaaa-bbbb-7ccc-8ddd-eeeeffff0001', '{"b":1.10,"a":[],"b":2}', '{1,NULL,3}',
   '[2024-01-01 00:00:00+00,)'`,
  `-9223372036854775808, -0.0000000001, 'NaN', 'Infinity', 'NaN', false, '', '', 'infinity', '00:00:00',
   '23:59:59.999999-15:59:59', 'infinity', '-infinity', '0', '00000000-0000-0000-0000-000000000000', 'null', '{}', 'empty'`,
  `0, 0, 1e-200, 1e-300, 1e38, NULL, '\\N', '\\x5c4e', '5874897-12-31', '12:00:00.5', '00:00:00+00',
   '294276-12-31 23:59:59.999999', '0001-01-01 00:00:00+00 BC', '178000000 years -0.000001 seconds', NULL, '[]', NULL, NULL`,
  `1, 1, 123456789012345678901234567890.000, -0.0, 0, NULL, 'NULL', NULL, '0001-01-01', NULL, NULL, '0001-12-31 23:59:59 BC',
   '2024-10-27 01:30:00+00', '-00:00:00.5', NULL, '"\\u0000"', NULL, NULL`,
];

beforeAll(async () => {
  session = await openSession(fieldsFor(server), { password: server.password });
  const definitions = columns.map(([name, declared]) => `${name} ${declared}`).join(', ');
  await session.query({ text: `CREATE TABLE hard (no int, ${definitions})` }, quiet);
  await session.query({ text: 'CREATE TABLE hard_copy (LIKE hard)' }, quiet);
  for (const [no, row] of rows.entries()) {
    await session.query({ text: `INSERT INTO hard VALUES (${no}, ${row})` }, quiet);
  }
});

afterAll(async () => {
  await session.query({ text: 'DROP TABLE hard, hard_copy' }, quiet);
  await session.close();
});

describe('values of PostgreSQL as canonical texts, and back', () => {
  // Monrovia was 44 minutes and 30 seconds behind; both sessions differ from the one that the values were written in.
  it.each(['UTC', 'Africa/Monrovia', 'Europe/Berlin'])(
    'are the same when they were read in %s',
    async (zone) => {
      await session.query({ text: `SET TimeZone = '${zone}'` }, quiet);
      const read = await session.query({ text: 'SELECT * FROM hard ORDER BY no' }, quiet);
      const all: TypedColumn[] = [['no', 'integer'], ...columns];
      const written = thereAndBack(types, all, read.rows);
      await writer?.prepare(session, quiet);
      await session.query({ text: 'TRUNCATE hard_copy' }, quiet);
      await load(writer, session, { schema: 'public', name: 'hard_copy' }, all, written);
      for (const [name] of all) {
        const text = `
        SELECT h.${name}::text, c.${name}::text FROM hard h JOIN hard_copy c USING (no)
         WHERE h.${name}::text IS DISTINCT FROM c.${name}::text`;
        expect((await session.query({ text }, quiet)).rows, name).toEqual([]);
      }
      expect((await session.query({ text: 'SELECT count(*) FROM hard_copy' }, quiet)).rows).toEqual([['4']]);
    },
  );
});
