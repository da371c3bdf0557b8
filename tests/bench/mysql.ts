import { createConnection as connectMariadb } from 'mariadb';
import { createConnection } from 'mysql2';
import mysql from 'mysql2/promise';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock as clock } from '../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../src/main/connectors/ConnectionFactory.ts';
import { requireSql } from '../../src/main/connectors/speaksSql.ts';
import { silentLogger } from '../../src/main/observability/Logger.ts';
import { MetricsCollector } from '../../src/main/observability/MetricsCollector.ts';
import { MeteredConnection } from '../../src/main/sessions/MeteredConnection.ts';
import { ConnectionPool } from '../../src/main/sessions/pool/ConnectionPool.ts';
import { dataSourceIdSchema } from '../../src/shared/model/ids.ts';
import { defaultPoolSettings, defaultTimeoutSettings } from '../../src/shared/model/poolSettings.ts';
import { MysqlCluster } from '../support/mysql/MysqlCluster.ts';
import { type Figure, median, timed } from './figures.ts';
import type { Contender } from './poolContenders.ts';
import { everythingMeasured } from './poolContenders.ts';
import { measureRates } from './poolRates.ts';

const rowCount = 1_000_000;
const streamRounds = 5;
const connectRounds = 100;
const warmUpRounds = 20;
const database = 'bench';
const rowsQuery = 'SELECT id, name, amount, price, placed_at, note FROM rows_of_bench';

const promises = [
  { concurrency: 1, ratio: 0.97 },
  { concurrency: 10, ratio: 0.96 },
  { concurrency: 100, ratio: 0.95 },
] as const;

/** Rows, statements and connects of the MySQL connector against bare drivers. */
export async function measureMysql(): Promise<Figure[]> {
  const cluster = await MysqlCluster.start({ product: 'mariadb' });
  try {
    await seed(cluster);
    return [
      await measureStream(cluster),
      ...(await measureRates('MariaDB pool', (count) => openContenders(cluster, count), promises)),
      await measureConnect(cluster),
    ];
  } finally {
    await cluster.dispose();
  }
}

async function seed(cluster: MysqlCluster): Promise<void> {
  await cluster.execute(`CREATE DATABASE ${database}`);
  await cluster.execute(`CREATE TABLE ${database}.rows_of_bench (
    id BIGINT PRIMARY KEY, name VARCHAR(40), amount INT, price DECIMAL(12,2), placed_at DATETIME, note VARCHAR(60))`);
  await cluster.execute(`INSERT INTO ${database}.rows_of_bench
    SELECT seq, CONCAT('name ', seq), seq % 1000, seq / 7, '2026-01-01' + INTERVAL seq SECOND,
           IF(seq % 10 = 0, NULL, CONCAT('a note about number ', seq))
      FROM ${database}.seq_1_to_${rowCount}`);
}

/** One for the process, as in the app. */
const factory = new ConnectionFactory(clock);

const bareConfig = ({ host, port, user, password }: MysqlCluster) => ({
  host,
  port,
  user,
  password,
  database,
});

async function openOurs(cluster: MysqlCluster, signal = neverAborted): Promise<SqlConnection> {
  const { host, port, user, password } = cluster;
  const tls = { mode: 'disable', caPem: null } as const;
  const config = { host, port, user, database, tls, socketPath: null, timeZone: null, compression: false };
  const connection = await factory.connect(
    {
      engine: { kind: 'mysql', config },
      readOnly: false,
      timeouts: defaultTimeoutSettings,
      secret: () => Promise.resolve(password),
      applicationName: 'Mooring bench',
    },
    { signal },
  );
  return requireSql(connection);
}

/** Reading a million rows with back-pressure: ours against the streams of both drivers, in turn. */
async function measureStream(cluster: MysqlCluster): Promise<Figure> {
  const ours = await openOurs(cluster);
  const mysql2 = createConnection({ ...bareConfig(cluster), rowsAsArray: true });
  const mariadb = await connectMariadb({ ...bareConfig(cluster), rowsAsArray: true });
  const readers: readonly (readonly [name: string, read: () => Promise<number>])[] = [
    ['ours', () => readOurs(ours)],
    ['mysql2', () => countOf(mysql2.query(rowsQuery).stream())],
    ['mariadb', () => countOf(mariadb.queryStream(rowsQuery))],
  ];
  const rates = new Map<string, number[]>(readers.map(([name]) => [name, []]));
  for (let round = -1; round < streamRounds; round += 1) {
    for (const [name, read] of readers) {
      let count = 0;
      const tookMs = await timed(async () => {
        count = await read();
      });
      if (count !== rowCount) throw new Error(`${name} read ${count} rows`);
      if (round >= 0) rates.get(name)?.push(count / (tookMs / 1_000));
    }
  }
  mysql2.destroy();
  await Promise.all([ours.close(), mariadb.end()]);
  const rateOf = (name: string) => median(rates.get(name) ?? []);
  const fastest = Math.max(rateOf('mysql2'), rateOf('mariadb'));
  const thousands = (name: string) => `${name} ${(rateOf(name) / 1_000).toFixed(0)}k`;
  return {
    name: `MariaDB, ${rowCount} rows x 6`,
    value: rateOf('ours'),
    unit: 'rows/s',
    against:
      `${thousands('mysql2')}, ${thousands('mariadb')}: ` +
      `${(rateOf('ours') / fastest).toFixed(2)} of the faster one (promised 0.95)`,
  };
}

async function readOurs(session: SqlConnection): Promise<number> {
  const stream = await session.run({ text: rowsQuery }, { signal: neverAborted });
  let count = 0;
  for (;;) {
    const rows = await stream.next(1_000);
    if (rows.length === 0) return count;
    count += rows.length;
  }
}

async function countOf(stream: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of stream) count += 1;
  return count;
}

/** The floor first: bare clients, one for one worker and as many as a pool has for more. */
async function openContenders(cluster: MysqlCluster, concurrency: number): Promise<Contender[]> {
  const { max } = defaultPoolSettings;
  const count = concurrency === 1 ? 1 : max;
  const clients = await Promise.all(
    Array.from({ length: count }, () => mysql.createConnection(bareConfig(cluster))),
  );
  const theirs = mysql.createPool({ ...bareConfig(cluster), connectionLimit: max });
  return [
    {
      name: 'bare mysql2',
      run: async (worker) => clients[worker % count]?.query('select 1'),
      dispose: async () => void (await Promise.all(clients.map((client) => client.end()))),
    },
    ourPool(cluster),
    { name: 'mysql2 pool', run: () => theirs.query('select 1'), dispose: () => theirs.end() },
  ];
}

function ourPool(cluster: MysqlCluster): Contender {
  const id = dataSourceIdSchema.parse('00000000-0000-4000-8000-000000000000');
  const measured = new MetricsCollector(clock).track(id);
  const meter = everythingMeasured(id, measured);
  const pool = new ConnectionPool({
    settings: defaultPoolSettings,
    open: async (signal) => new MeteredConnection(await openOurs(cluster, signal), meter),
    clock,
    logger: silentLogger,
    random: Math.random,
    onWaited: (waitMs, isServed) => measured.waited(waitMs, isServed),
  });
  return {
    name: 'ours',
    run: async () => {
      const lease = await pool.acquire(neverAborted);
      try {
        return await requireSql(lease.connection).query({ text: 'select 1' }, { signal: neverAborted });
      } finally {
        lease.release();
      }
    },
    dispose: async () => void (await pool.close(1_000)),
  };
}

async function measureConnect(cluster: MysqlCluster): Promise<Figure> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = -warmUpRounds; round < connectRounds; round += 1) {
    let session: SqlConnection | null = null;
    const ourMs = await timed(async () => {
      session = await openOurs(cluster);
    });
    await (session as SqlConnection | null)?.close();
    let client: mysql.Connection | null = null;
    const bareMs = await timed(async () => {
      client = await mysql.createConnection(bareConfig(cluster));
    });
    await (client as mysql.Connection | null)?.end();
    if (round < 0) continue;
    ours.push(ourMs);
    bare.push(bareMs);
  }
  const floor = median(bare);
  return {
    name: 'connect to MariaDB',
    value: median(ours),
    unit: 'ms',
    against: `bare mysql2 ${floor.toFixed(2)} ms, ratio ${(median(ours) / floor).toFixed(2)} (promised: at most 1.1)`,
  };
}
