import {
  type BackendFactory,
  createPostgresBackend,
  DEFAULT_SCHEMA,
  type IQueueBackend,
  isPgPool,
  type PgPool,
  quoteSchemaName,
  runMigrations,
} from 'bullmq';
import pg from 'pg';
import { ScramClient } from '../../embedded/login/ScramClient.ts';
import type { QueueStore } from './QueueStore.ts';
import { asQueueError, storeNotSupported } from './queueErrors.ts';

/** What BullMQ needs to keep queues in a store; the only place that knows which store it is. */
export interface QueueBackends {
  readonly factory: BackendFactory<IQueueBackend, object>;
  /** Ends all connections. Never rejects. */
  close(): Promise<void>;
}

/** A store that does not answer for so long is unavailable. */
const connectMs = 5_000;
const statementMs = 10_000;

/**
 * Connects to a store and prepares it. Connections that are lost later come back by themselves.
 * @throws QUEUE_UNAVAILABLE
 */
export async function openBackends(store: QueueStore): Promise<QueueBackends> {
  if (store.type === 'redis') throw storeNotSupported();
  const pool = postgresPool(store);
  try {
    await prepare(pool);
  } catch (error) {
    await pool.end().catch(() => undefined);
    throw asQueueError(error);
  }
  const connection = asBullPool(pool);
  return {
    factory: (name, opts, more) => createPostgresBackend(name, { ...opts, connection }, more),
    close: () => pool.end().catch(() => undefined),
  };
}

/** BullMQ's own idea of a pool: the types of pg say the same in other words. */
function asBullPool(pool: unknown): PgPool {
  if (!isPgPool(pool)) throw storeNotSupported();
  return pool;
}

/** Every option is given: what is missing would come from PG… variables and ~/.pgpass. */
function postgresPool(store: Extract<QueueStore, { type: 'postgres' }>): pg.Pool {
  const { host, port, user, password, database, tls } = store;
  const ssl = tls.mode === 'off' ? false : { ...(tls.caPem !== null && { ca: tls.caPem }) };
  const pool = new pg.Pool({
    ...{ host, port, user, password: password ?? '', database, ssl, max: 5 },
    // Without TLS the listener may be anybody: SCRAM gives nothing away.
    ...(tls.mode === 'off' && { Client: ScramClient }),
    application_name: 'Mooring',
    options: `-c search_path=${quoteSchemaName(DEFAULT_SCHEMA)}`,
    connectionTimeoutMillis: connectMs,
    query_timeout: statementMs,
    keepAlive: true,
    // A pool at rest keeps no process alive and no connection open.
    idleTimeoutMillis: 10_000,
  });
  // A connection that is lost while it is idle; whoever uses the next one learns of it.
  pool.on('error', () => undefined);
  return pool;
}

async function prepare(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client);
  } finally {
    client.release();
  }
}
