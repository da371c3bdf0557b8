import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2';
import pg from 'pg';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../src/main/connectors/ConnectionFactory.ts';
import { requireSql } from '../../src/main/connectors/speaksSql.ts';
import type { EngineSettings } from '../../src/shared/engines/settings.ts';
import { defaultTimeoutSettings } from '../../src/shared/model/poolSettings.ts';
import { MysqlCluster } from '../support/mysql/MysqlCluster.ts';
import { PostgresCluster } from '../support/postgresCluster.ts';
import { decodeRows } from './decodeRows.ts';
import { type Figure, median, timed } from './figures.ts';

const rowCount = 1_000_000;
const rounds = 5;
const rowsQuery = 'SELECT * FROM big';

/** Somebody who reads the whole table and keeps nothing. @returns how many rows there were */
interface Reader {
  readonly name: string;
  read(): Promise<number>;
  dispose(): Promise<void>;
}

/** A million rows of ten columns into a consumer that keeps nothing, against those who do no more than they must. */
export async function measureStreams(): Promise<Figure[]> {
  return [...(await measurePostgres()), ...(await measureMariadb())];
}

async function measurePostgres(): Promise<Figure[]> {
  const cluster = await PostgresCluster.start();
  try {
    await cluster.execute(`CREATE TABLE big (id int8, n int4, name text, at timestamptz, amount numeric(12,2), ok bool,
      uid uuid, doc jsonb, score float8, note text)`);
    await cluster.execute(`INSERT INTO big SELECT i, (i::int8 * 7919) % 1000003, 'name-' || lpad(i::text, 15, '0'),
      timestamptz '2024-01-01' + i * interval '7 seconds', ((i::int8 * 31) % 1000000) / 100.0, i % 3 = 0,
      md5(i::text)::uuid, jsonb_build_object('k', i % 100, 'tag', 't' || i % 17), sqrt(i),
      CASE WHEN i % 4 = 0 THEN NULL ELSE 'note ' || md5((i::int8 * 3)::text) END FROM generate_series(1, ${rowCount}) i`);
    await cluster.execute('VACUUM ANALYZE big');
    const { host, port, user, password } = cluster;
    const database = 'postgres';
    const tls = { mode: 'disable', caPem: null } as const;
    const ours = await open({ kind: 'postgres', config: { host, port, user, database, tls } }, password);
    const config = { host, port, user, database, password };
    const [floor, peer] = await Promise.all([bareDecoder(config), rowsOfPg(config)]);
    return await compare('PostgreSQL', ours, [floor, peer], 0.83);
  } finally {
    await cluster.dispose();
  }
}

async function measureMariadb(): Promise<Figure[]> {
  const cluster = await MysqlCluster.start({ product: 'mariadb' });
  try {
    await cluster.execute('CREATE DATABASE bench');
    await cluster.execute(`CREATE TABLE bench.big AS SELECT seq AS id, CONCAT('customer ', seq) AS name, MD5(seq) AS token,
      (seq * 7919) % 1000003 AS amount, CAST(seq / 7 AS DECIMAL(14,4)) AS price, seq % 3 = 0 AS paid,
      '2026-01-01' + INTERVAL seq SECOND AS placed_at, seq * 1.5e0 AS weight,
      IF(seq % 10 = 0, NULL, CONCAT('a note about number ', seq)) AS note, REPEAT('x', 40) AS filler
      FROM bench.seq_1_to_${rowCount}`);
    const { host, port, user, password } = cluster;
    const config = { host, port, user, database: 'bench' };
    const tls = { mode: 'disable', caPem: null } as const;
    const ours = await open(
      { kind: 'mysql', config: { ...config, tls, socketPath: null, timeZone: null, compression: false } },
      password,
    );
    return await compare('MariaDB', ours, [streamOfMysql2({ ...config, password })], 1);
  } finally {
    await cluster.dispose();
  }
}

async function open(engine: EngineSettings, password: string): Promise<SqlConnection> {
  const connection = await new ConnectionFactory(systemClock).connect(
    {
      engine,
      readOnly: false,
      timeouts: { ...defaultTimeoutSettings, queryMs: 600_000 },
      secret: () => Promise.resolve(password),
      applicationName: 'Mooring bench',
    },
    { signal: neverAborted },
  );
  return requireSql(connection);
}

/** All in turn, round by round; the first round is not counted. The floor is the first of the others. */
async function compare(
  product: string,
  session: SqlConnection,
  others: readonly Reader[],
  promised: number,
): Promise<Figure[]> {
  const ours: Reader = {
    name: 'ours',
    read: () => readEncoded(session),
    dispose: () => session.close(),
  };
  const alone = await measureAlone(ours);
  const rates = new Map<string, number[]>([ours, ...others].map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const { name, read } of [ours, ...others]) {
      let count = 0;
      const tookMs = await timed(async () => {
        count = await read();
      });
      if (count !== rowCount) throw new Error(`${name} read ${count} rows`);
      if (round >= 0) rates.get(name)?.push(count / (tookMs / 1_000));
    }
  }
  for (const reader of [ours, ...others]) await reader.dispose();
  const rateOf = (name: string) => median(rates.get(name) ?? []);
  const ratios = others.map(
    ({ name }) =>
      `${(rateOf('ours') / rateOf(name)).toFixed(2)} of ${name} (${(rateOf(name) / 1_000).toFixed(0)}k)`,
  );
  return [
    {
      name: `${product}, ${rowCount} rows x 10 as bytes`,
      value: rateOf('ours'),
      unit: 'rows/s',
      against: `${ratios.join(', ')} (promised: ${promised} of the first)`,
    },
    {
      name: `${product}, longest block of the event loop`,
      value: alone.blockMs,
      unit: 'ms',
      against: `while the rows are read; ${alone.idleBlockMs.toFixed(0)} ms while idle (promised: at most 25)`,
    },
    {
      name: `${product}, growth of the memory`,
      value: alone.growthBytes / 1024 / 1024,
      unit: 'MB',
      against: 'at its peak, over that before the first row (promised: at most 40)',
    },
  ];
}

interface Burden {
  readonly blockMs: number;
  /** The same while the process does nothing for as long: what the machine itself adds. */
  readonly idleBlockMs: number;
  readonly growthBytes: number;
}

/** What reading does to the process, before anybody else has read. */
async function measureAlone({ read }: Reader): Promise<Burden> {
  const before = process.memoryUsage().rss;
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 5);
  // Code is compiled.
  await read();
  let tookMs = 0;
  const blockMs = await longestBlock(async () => {
    tookMs = await timed(read);
  });
  clearInterval(sampling);
  // Nothing is done for as long as reading took.
  const idleBlockMs = await longestBlock(() => sleep(tookMs));
  return { blockMs, idleBlockMs, growthBytes: most - before };
}

async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return delay.max / 1e6;
}

async function readEncoded(session: SqlConnection): Promise<number> {
  const stream = await session.run({ text: rowsQuery }, { signal: neverAborted });
  let count = 0;
  for (;;) {
    const { starts } = await stream.nextEncoded();
    if (starts.length === 0) return count;
    count += starts.length;
  }
}

/** The floor: the bytes of the socket, decoded by hand to arrays of texts, without checks, limits or back-pressure. */
export async function bareDecoder(config: pg.ClientConfig): Promise<Reader> {
  const client = new pg.Client(config);
  await client.connect();
  // pg gives its socket to nobody; the floor has to have it.
  const { stream } = (client as unknown as { connection: { stream: NodeJS.ReadWriteStream } }).connection;
  stream.removeAllListeners('data');
  return {
    name: 'a bare decoder',
    read: () => decodeRows(stream, rowsQuery),
    dispose: async () => void client.end().catch(() => undefined),
  };
}

/** pg without its own round trips: rows as arrays of texts, one event for each. */
async function rowsOfPg(config: pg.ClientConfig): Promise<Reader> {
  const client = new pg.Client(config);
  await client.connect();
  const read = () =>
    new Promise<number>((resolve, reject) => {
      let count = 0;
      client.query({
        submit: (connection: { query(text: string): void }) => connection.query(rowsQuery),
        handleRowDescription: () => undefined,
        handleDataRow: () => {
          count += 1;
        },
        handleCommandComplete: () => undefined,
        handleReadyForQuery: () => resolve(count),
        handleError: reject,
      } as unknown as pg.Submittable);
    });
  return { name: 'pg', read, dispose: () => client.end() };
}

function streamOfMysql2(config: Parameters<typeof createConnection>[0] & object): Reader {
  const client = createConnection({ ...config, rowsAsArray: true });
  const read = async () => {
    let count = 0;
    for await (const _ of client.query(rowsQuery).stream() as AsyncIterable<unknown>) count += 1;
    return count;
  };
  return { name: 'the stream of mysql2', read, dispose: async () => client.destroy() };
}
