import { createPool } from 'generic-pool';
import pg from 'pg';
import { Pool as TarnPool } from 'tarn';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock as clock } from '../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../src/main/connectors/Connection.ts';
import { requireSql } from '../../src/main/connectors/speaksSql.ts';
import { silentLogger } from '../../src/main/observability/Logger.ts';
import { MetricsCollector } from '../../src/main/observability/MetricsCollector.ts';
import { createOperations } from '../../src/main/observability/operations/createOperations.ts';
import type { SourceMetrics } from '../../src/main/observability/SourceMetrics.ts';
import { QueryStatistics } from '../../src/main/observability/statistics/QueryStatistics.ts';
import type { TraceRules } from '../../src/main/observability/tracing/Traces.ts';
import { MeteredConnection } from '../../src/main/sessions/MeteredConnection.ts';
import { ConnectionPool } from '../../src/main/sessions/pool/ConnectionPool.ts';
import { StatementMeter } from '../../src/main/sessions/StatementMeter.ts';
import { sqlLanguageOf } from '../../src/shared/engines/sqlLanguages.ts';
import type { DataSourceId } from '../../src/shared/model/ids.ts';
import { dataSourceIdSchema } from '../../src/shared/model/ids.ts';
import { defaultPoolSettings } from '../../src/shared/model/poolSettings.ts';
import type { PostgresCluster } from '../support/postgresCluster.ts';
import { fieldsFor } from '../support/postgresClusterFields.ts';
import { openSession } from '../support/postgresClusterSession.ts';

/** Most connections of each pool. */
export const maxCount = defaultPoolSettings.max;

/** Something that runs `select 1`. */
export interface Contender {
  readonly name: string;
  /** @param worker which of those that run at once */
  run(worker: number): Promise<unknown>;
  dispose(): Promise<void>;
}

/** Measures statements as the app does: for metrics, query statistics, operations and, with rules, traces. */
export function everythingMeasured(
  id: DataSourceId,
  metrics: SourceMetrics,
  rules: TraceRules | null = null,
): StatementMeter {
  const statistics = new QueryStatistics({
    repository: { load: () => [], write: () => undefined, clear: () => undefined, clearAll: () => undefined },
    sourceOf: () => ({ language: sqlLanguageOf('postgres'), slowStatementMs: 0 }),
    isKept: false,
    clock,
    logger: silentLogger,
  });
  const { instrumentation, traces } = createOperations(clock, silentLogger);
  traces.follow(rules);
  return new StatementMeter({
    sourceId: id,
    recorders: [metrics, statistics.recorderOf(id)],
    instrumentation,
    clock,
  });
}

/** Our pool with everything switched on: the real connector, metrics as the manager takes them, leak watch, validation. */
export function openOurPool(cluster: PostgresCluster): ConnectionPool {
  const id = dataSourceIdSchema.parse('00000000-0000-4000-8000-000000000000');
  const metrics = new MetricsCollector(clock).track(id);
  const meter = everythingMeasured(id, metrics);
  return poolOf(cluster, (session) => new MeteredConnection(session, meter), metrics);
}

/** The same over bare sessions, of which nobody hears. */
export const openUnmeasuredPool = (cluster: PostgresCluster): ConnectionPool =>
  poolOf(cluster, (session) => session, null);

function poolOf(
  cluster: PostgresCluster,
  wrap: (session: SqlConnection) => SqlConnection,
  metrics: SourceMetrics | null,
): ConnectionPool {
  return new ConnectionPool({
    settings: defaultPoolSettings,
    open: async (signal) =>
      wrap(await openSession(fieldsFor(cluster), { password: cluster.password, signal })),
    clock,
    logger: silentLogger,
    random: Math.random,
    onWaited: (waitMs, isServed) => metrics?.waited(waitMs, isServed),
  });
}

const statement = { text: 'select 1' };
const options = { signal: neverAborted };

export function lending(name: string, pool: ConnectionPool): Contender {
  return {
    name,
    run: async () => {
      const lease = await pool.acquire(neverAborted);
      try {
        return await requireSql(lease.connection).query(statement, options);
      } finally {
        lease.release();
      }
    },
    dispose: async () => {
      await pool.close(1_000);
    },
  };
}

const clientConfig = ({ host, port, user, password }: PostgresCluster) => ({
  ...{ host, port, user, password },
  database: 'postgres',
  ssl: false,
});

async function openClient(cluster: PostgresCluster): Promise<pg.Client> {
  const client = new pg.Client(clientConfig(cluster));
  await client.connect();
  return client;
}

/** One client for one worker, and as many as a pool has for more. */
async function bare(cluster: PostgresCluster, concurrency: number): Promise<Contender> {
  const count = concurrency === 1 ? 1 : maxCount;
  const clients = await Promise.all(Array.from({ length: count }, () => openClient(cluster)));
  return {
    name: 'bare pg.Client',
    run: async (worker) => (clients[worker % count] as pg.Client).query('select 1'),
    dispose: async () => {
      await Promise.all(clients.map((client) => client.end()));
    },
  };
}

function pgPool(cluster: PostgresCluster): Contender {
  const pool = new pg.Pool({ ...clientConfig(cluster), max: maxCount });
  return { name: 'pg.Pool', run: () => pool.query('select 1'), dispose: () => pool.end() };
}

function genericPool(cluster: PostgresCluster): Contender {
  const pool = createPool(
    {
      create: () => openClient(cluster),
      destroy: (client) => client.end(),
    },
    { min: 2, max: maxCount },
  );
  return {
    name: 'generic-pool',
    run: () => pool.use((client) => client.query('select 1')),
    dispose: async () => {
      await pool.drain();
      await pool.clear();
    },
  };
}

function tarn(cluster: PostgresCluster): Contender {
  const pool = new TarnPool<pg.Client>({
    create: () => openClient(cluster),
    destroy: (client) => client.end(),
    min: 2,
    max: maxCount,
  });
  return {
    name: 'tarn',
    run: async () => {
      const client = await pool.acquire().promise;
      try {
        return await client.query('select 1');
      } finally {
        pool.release(client);
      }
    },
    dispose: async () => {
      await pool.destroy();
    },
  };
}

/** Bare clients first: the floor that the others are held against. */
export async function openContenders(cluster: PostgresCluster, concurrency: number): Promise<Contender[]> {
  return [
    await bare(cluster, concurrency),
    lending('ours', openOurPool(cluster)),
    pgPool(cluster),
    genericPool(cluster),
    tarn(cluster),
  ];
}
