import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { defaultTimeoutSettings } from '../../../src/shared/model/poolSettings.ts';
import { ask, openSession } from '../connectors/mysql/sessionUnderTest.ts';
import { bundledSource, ownDatabase, RunUnderTest, somePipeline, sourceId, tester } from './runUnderTest.ts';

const server = inject('postgres');
const fields = await ownDatabase(server);
const postgres = bundledSource(fields, { password: server.password });
const mariadb = inject('mariadb');
const mariadbId = '00000000-0000-4000-8000-000000000003';
const schema = 'mooring_runs';

/** Its session is in another time zone than ours. */
const mysql = bundledSource(
  {
    engine: {
      kind: 'mysql',
      config: {
        ...{ host: mariadb.host, port: mariadb.port, socketPath: null, database: null, user: mariadb.user },
        ...{ tls: { mode: 'disable', caPem: null }, timeZone: '+05:00', compression: false },
      },
    },
    timeouts: defaultTimeoutSettings,
  },
  { password: mariadb.password },
  mariadbId,
);

async function mysqlTester() {
  const session = await openSession(mariadb, { password: mariadb.password });
  onTestFinished(async () => {
    await ask(session, `DROP DATABASE IF EXISTS ${schema}`);
    await session.close();
  });
  await ask(session, `CREATE DATABASE IF NOT EXISTS ${schema}`);
  return async (...statements: readonly string[]) => {
    let rows: readonly (readonly (string | null)[])[] = [];
    for (const text of statements) ({ rows } = await ask(session, text));
    return rows;
  };
}

describe('A run between engines', () => {
  it('brings what is new from MariaDB, moments as they were, and a date of zeros as NULL with one warning (S09)', async () => {
    const source = await mysqlTester();
    const { run, rows } = await tester(fields, server.password);
    await run('DROP TABLE IF EXISTS to_staff');
    await source(
      `DROP TABLE IF EXISTS ${schema}.staff`,
      `CREATE TABLE ${schema}.staff (id bigint unsigned PRIMARY KEY, hired date NOT NULL, at timestamp(3) NOT NULL)`,
      "SET sql_mode = '', time_zone = '+00:00'",
      `INSERT INTO ${schema}.staff VALUES (9007199254740993, '2024-05-06', '2024-05-06 12:00:00.5'),
        (9007199254740994, '0000-00-00', '2024-05-06 12:00:01'), (18446744073709551615, '2007-08-09', '2024-05-06 12:00:02')`,
    );
    const relation = { schema, name: 'staff' };
    const pipeline = somePipeline('', 'to_staff', {
      source: { type: 'relation', sourceId: mariadbId, relation },
      reading: { type: 'incremental', cursor: 'at', lookback: 0 },
      allowedLosses: ['hired', 'at'],
    });
    const runs = new RunUnderTest([mysql, postgres]);
    const first = await runs.run(pipeline);
    const all = "SELECT id, hired, at AT TIME ZONE 'UTC' FROM to_staff ORDER BY id";
    expect(await rows(all)).toEqual([
      ['9007199254740993', '2024-05-06', '2024-05-06 12:00:00.5'],
      ['9007199254740994', null, '2024-05-06 12:00:01'],
      ['18446744073709551615', '2007-08-09', '2024-05-06 12:00:02'],
    ]);
    expect(first.log.filter((line) => line.startsWith('“hired”'))).toHaveLength(1);
    expect((await runs.run(pipeline)).progress.at(-1)?.readCount).toBe(0);
    const text = `SELECT id, hired, at FROM ${schema}.staff -- all`;
    const query = { type: 'query', sourceId: mariadbId, text } as const;
    const byId = { source: query, reading: { type: 'incremental', cursor: 'id', lookback: 0 } } as const;
    const others = new RunUnderTest([mysql, postgres]);
    await run('TRUNCATE to_staff');
    expect((await others.run({ ...pipeline, ...byId })).progress.at(-1)?.writtenCount).toBe(3);
    await source(
      `INSERT INTO ${schema}.staff VALUES (9007199254740992, '2024-05-06', '2024-05-06 12:00:00')`,
    );
    // Smaller than the cursor: as floating-point numbers the two would be equal.
    expect((await others.run({ ...pipeline, ...byId })).progress.at(-1)?.readCount).toBe(0);
  });

  it('writes rows of PostgreSQL into MariaDB with all digits, and goes on behind them', async () => {
    const target = await mysqlTester();
    const { run } = await tester(fields, server.password);
    await run(
      'DROP TABLE IF EXISTS exact',
      'CREATE TABLE exact (id bigint PRIMARY KEY, n numeric(38,10), at timestamptz, note text)',
      `INSERT INTO exact VALUES (9007199254740993, 1234567890123456789.0123456789, '2024-05-06 12:00+02', E'a\\tb\\\\N'),
        (-9223372036854775808, 0.1, NULL, '')`,
    );
    await target(`DROP TABLE IF EXISTS ${schema}.exact`);
    const pipeline = somePipeline('exact', '', {
      source: { type: 'relation', sourceId, relation: { schema: 'public', name: 'exact' } },
      reading: { type: 'incremental', cursor: 'id', lookback: 0 },
      destination: {
        ...{ type: 'table', sourceId: mariadbId, table: { schema, name: 'exact' }, mode: 'append', key: [] },
      },
      allowedLosses: ['at'],
    });
    const runs = new RunUnderTest([mysql, postgres]);
    await runs.run(pipeline);
    expect((await runs.run(pipeline)).progress.at(-1)?.readCount).toBe(0);
    expect(await target("SET time_zone = '+00:00'", `SELECT * FROM ${schema}.exact ORDER BY id`)).toEqual([
      ['-9223372036854775808', '0.1000000000', null, ''],
      [
        '9007199254740993',
        '1234567890123456789.0123456789',
        expect.stringContaining('2024-05-06 10:00:00'),
        'a\tb\\N',
      ],
    ]);
  });
});
