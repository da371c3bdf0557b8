import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { systemClock } from '../../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../../src/main/connectors/Connection.ts';
import { MysqlConnector } from '../../../src/main/connectors/mysql/MysqlConnector.ts';
import { ask, openSession } from '../connectors/mysql/sessionUnderTest.ts';
import { load, quiet, type TypedColumn, thereAndBack } from './roundTrip.ts';

const { types, writer } = new MysqlConnector(systemClock);
const server = inject('mariadb');
let session: SqlConnection;

const columns: readonly TypedColumn[] = [
  ['a', 'bigint unsigned'],
  ['b', 'decimal(65,30)'],
  ['c', 'double'],
  ['d', 'int(5) unsigned zerofill'],
  ['e', 'year(4)'],
  ['f', 'bit(1)'],
  ['g', 'bit(64)'],
  ['h', 'longtext'],
  ['i', 'varbinary(20)'],
  ['j', 'binary(4)'],
  ['k', 'date'],
  ['l', 'time(6)'],
  ['m', 'datetime(6)'],
  ['n', 'timestamp(6)'],
  ['o', "enum('a','b''c')"],
  ['p', 'uuid'],
  ['q', 'inet6'],
];
const rows = [
  `18446744073709551615, -12345678901234567890123456789012345.123456789012345678901234567890, 0.1, 42, 0, b'1',
   18446744073709551615, 'a\\0b\\\\c\\td\\ne', x'00ff5c', 'ab', '0000-05-06', '-838:59:59.000001',
   '9999-12-31 23:59:59.999999', '1970-01-01 00:00:01.000001', 'b''c', '0198aaaa-bbbb-7ccc-8ddd-eeeeffff0001', '2001:db8::1'`,
  `9007199254740993, 0, 1e300, 0, 2024, b'0', 0, '', x'', x'00000000', '2024-02-29', '100:00:01', '0001-01-01 00:00:00',
   '2026-10-25 00:30:00', 'a', NULL, '::'`,
  `0, 0.1, -1e-300, 99999, 1901, NULL, NULL, '\\\\N', NULL, NULL, NULL, '00:00:00', NULL, NULL, NULL, NULL, NULL`,
];

beforeAll(async () => {
  session = await openSession(server);
  // Whatever zone the server has, the values are those of UTC.
  for (const text of ['CREATE DATABASE types_of_mysql', 'USE types_of_mysql', "SET time_zone = '+00:00'"]) {
    await ask(session, text);
  }
  const definitions = columns.map(([name, declared]) => `${name} ${declared} NULL`).join(', ');
  await ask(session, `CREATE TABLE hard (no int, ${definitions}) DEFAULT CHARACTER SET utf8mb4`);
  await ask(session, 'CREATE TABLE hard_copy LIKE hard');
  for (const [no, row] of rows.entries()) await ask(session, `INSERT INTO hard VALUES (${no}, ${row})`);
});

afterAll(async () => {
  await ask(session, 'DROP DATABASE types_of_mysql');
  await session.close();
});

describe('values of MariaDB as canonical texts, and back', () => {
  it('are the same', async () => {
    await writer?.prepare(session, quiet);
    const read = await ask(session, 'SELECT * FROM hard ORDER BY no');
    const all: TypedColumn[] = [['no', 'int'], ...columns];
    const written = thereAndBack(types, all, read.rows);
    await load(writer, session, { schema: 'types_of_mysql', name: 'hard_copy' }, all, written);
    for (const [name] of all) {
      const text = `SELECT h.${name}, c.${name} FROM hard h JOIN hard_copy c USING (no) WHERE NOT h.${name} <=> c.${name}`;
      expect((await ask(session, text)).rows, name).toEqual([]);
    }
    expect((await ask(session, 'SELECT count(*) FROM hard_copy')).rows).toEqual([['3']]);
  });

  it('lose a zero date, with a reason, and nothing else of its row', async () => {
    await ask(session, "SET sql_mode = ''");
    await ask(session, 'CREATE TABLE hired (no int, hired date NOT NULL)');
    await ask(session, "INSERT INTO hired VALUES (1, '2024-05-06'), (2, '0000-00-00'), (3, '2007-08-09')");
    const { rows: read } = await ask(session, 'SELECT hired FROM hired ORDER BY no');
    const toCanonical = types.toCanonical({ type: 'date' }, 'date');
    expect(read.map(([text]) => toCanonical?.(text ?? ''))).toEqual([
      '2024-05-06',
      { lost: 'zero dates' },
      '2007-08-09',
    ]);
  });
});
