import {
  createPostgresBackend,
  DEFAULT_SCHEMA,
  isPgPool,
  MINIMUM_POSTGRES_VERSION,
  type PgPool,
  quoteSchemaName,
  runMigrations,
} from 'bullmq';
import pg from 'pg';
import { z } from 'zod';
import { ScramClient } from '../../../embedded/login/ScramClient.ts';
import type { QueueStore } from '../QueueStore.ts';
import { answerMs, connectMs, type QueueBackends } from './QueueBackends.ts';
import { noRights, oldStore, readOnlyStore } from './storeErrors.ts';
import { verifiedTls } from './storeTrust.ts';

type PostgresStore = Extract<QueueStore, { type: 'postgres' }>;

/** Connects, and makes the tables that are not there. @throws what the server or the network says, or an AppError */
export async function openPostgres(store: PostgresStore): Promise<QueueBackends> {
  const pool = postgresPool(store);
  try {
    const server = await withSession(pool, async (session) => {
      const facts = await readFacts(session);
      refuseUnfit(facts);
      await runMigrations(session);
      return serverIn(facts);
    });
    const connection = asBullPool(pool);
    return {
      factory: (name, opts, more) => createPostgresBackend(name, { ...opts, connection }, more),
      server,
      close: () => pool.end().catch(() => undefined),
    };
  } catch (error) {
    await pool.end().catch(() => undefined);
    throw error;
  }
}

/** @throws what the server or the network says, or an AppError */
export async function checkPostgres(store: PostgresStore): Promise<QueueBackends['server']> {
  const pool = postgresPool(store);
  try {
    const facts = await withSession(pool, readFacts);
    refuseUnfit(facts);
    return serverIn(facts);
  } finally {
    await pool.end().catch(() => undefined);
  }
}

const factsSchema = z.object({
  version: z.string(),
  number: z.int(),
  is_replica: z.boolean(),
  may_create: z.boolean(),
});
type PostgresFacts = z.infer<typeof factsSchema>;

async function readFacts(session: pg.ClientBase): Promise<PostgresFacts> {
  const { rows } = await session.query(
    `SELECT current_setting('server_version') AS version,
            current_setting('server_version_num')::int AS number,
            pg_is_in_recovery() AS is_replica,
            CASE WHEN EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)
                 THEN has_schema_privilege($1, 'USAGE, CREATE')
                 ELSE has_database_privilege(current_database(), 'CREATE') END AS may_create`,
    [DEFAULT_SCHEMA],
  );
  return factsSchema.parse(rows[0]);
}

function refuseUnfit(facts: PostgresFacts): void {
  if (facts.number < MINIMUM_POSTGRES_VERSION * 10_000) {
    throw oldStore(serverIn(facts), String(MINIMUM_POSTGRES_VERSION));
  }
  if (facts.is_replica) throw readOnlyStore();
  if (!facts.may_create) throw noRights();
}

const serverIn = ({ version }: PostgresFacts): QueueBackends['server'] => ({
  product: 'PostgreSQL',
  version: version.slice(0, 100),
});

/** BullMQ's own idea of a pool: the types of pg say the same in other words. */
function asBullPool(pool: unknown): PgPool {
  if (!isPgPool(pool)) throw new TypeError('This is not a pool of pg');
  return pool;
}

/** Every option is given: what is missing would come from PG… variables and ~/.pgpass. */
function postgresPool(store: PostgresStore): pg.Pool {
  const { host, port, user, password, database, tls } = store;
  const pool = new pg.Pool({
    ...{ host, port, user, password: password ?? '', database, max: 5 },
    ssl: tls.mode === 'verified' && verifiedTls(tls),
    // Without TLS the listener may be anybody: SCRAM gives nothing away.
    ...(tls.mode === 'off' && { Client: ScramClient }),
    application_name: 'Mooring',
    options: `-c search_path=${quoteSchemaName(DEFAULT_SCHEMA)}`,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    keepAlive: true,
    // A pool at rest keeps no process alive and no connection open.
    idleTimeoutMillis: 10_000,
  });
  // A connection that is lost while it is idle; whoever uses the next one learns of it.
  pool.on('error', () => undefined);
  return pool;
}

async function withSession<Value>(
  pool: pg.Pool,
  work: (session: pg.PoolClient) => Promise<Value>,
): Promise<Value> {
  const session = await pool.connect();
  try {
    return await work(session);
  } finally {
    session.release();
  }
}
