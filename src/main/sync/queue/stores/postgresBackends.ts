import {
  assertSchemaCompatibility,
  createPostgresBackend,
  DEFAULT_SCHEMA,
  isPgPool,
  LATEST_SCHEMA_VERSION,
  MINIMUM_POSTGRES_VERSION,
  type PgPool,
  quoteSchemaName,
  runMigrations,
  SchemaMigrationRequiredError,
} from 'bullmq';
import pg from 'pg';
import { z } from 'zod';
import { ScramClient } from '../../../embedded/login/ScramClient.ts';
import type { QueueStore } from '../QueueStore.ts';
import { answerMs, connectMs, type QueueBackends } from './QueueBackends.ts';
import { missingRights, oldStore, readOnlyStore } from './storeErrors.ts';
import { verifiedTls } from './storeTrust.ts';

type PostgresStore = Extract<QueueStore, { type: 'postgres' }>;

/** Connects, and makes the tables that are not there. @throws what the server or the network says, or an AppError */
export async function openPostgres(store: PostgresStore): Promise<QueueBackends> {
  const pool = postgresPool(store);
  try {
    const server = await withSession(pool, async (session) => {
      const facts = await readFacts(session);
      refuseUnfit(facts);
      // Looking for what is there already needs the right to make it, which not every user of a queue has.
      if (!facts.isMade) await runMigrations(session);
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
  database: z.string(),
  has_schema: z.boolean(),
  may_create_schema: z.boolean(),
  may_use: z.boolean(),
  may_create: z.boolean(),
  /** All tables, and all sequences, that are in the schema. */
  may_change: z.boolean(),
  may_number: z.boolean(),
});
interface PostgresFacts extends z.infer<typeof factsSchema> {
  /** The tables of this version are there, and may be used. */
  readonly isMade: boolean;
}

/** Each right by itself: of several in one text, any one would do. */
const factsQuery = `
  SELECT current_setting('server_version') AS version,
         current_setting('server_version_num')::int AS number,
         pg_is_in_recovery() AS is_replica,
         current_database() AS database,
         s.oid IS NOT NULL AS has_schema,
         has_database_privilege(current_database(), 'CREATE') AS may_create_schema,
         coalesce(has_schema_privilege(s.oid, 'USAGE'), false) AS may_use,
         coalesce(has_schema_privilege(s.oid, 'CREATE'), false) AS may_create,
         coalesce((SELECT bool_and(has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')
                     AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE'))
                   FROM pg_class WHERE relnamespace = s.oid AND relkind IN ('r', 'p')), true) AS may_change,
         coalesce((SELECT bool_and(has_sequence_privilege(oid, 'USAGE'))
                   FROM pg_class WHERE relnamespace = s.oid AND relkind = 'S'), true) AS may_number
  FROM (SELECT 1) AS one LEFT JOIN pg_namespace s ON s.nspname = $1`;

async function readFacts(session: pg.ClientBase): Promise<PostgresFacts> {
  const { rows } = await session.query(factsQuery, [DEFAULT_SCHEMA]);
  const facts = factsSchema.parse(rows[0]);
  const { may_change: mayChange, may_number: mayNumber, may_use: mayUse } = facts;
  const isOpen = mayUse && mayChange && mayNumber;
  return { ...facts, isMade: isOpen && (await madeVersion(session)) >= LATEST_SCHEMA_VERSION };
}

/** Of the tables of the queue; 0 before they are made. */
async function madeVersion(session: pg.ClientBase): Promise<number> {
  try {
    return await assertSchemaCompatibility(session, DEFAULT_SCHEMA, { skipVersionCheck: true });
  } catch (error) {
    if (error instanceof SchemaMigrationRequiredError) return 0;
    throw error;
  }
}

function refuseUnfit(facts: PostgresFacts): void {
  if (facts.number < MINIMUM_POSTGRES_VERSION * 10_000) {
    throw oldStore(serverIn(facts), String(MINIMUM_POSTGRES_VERSION));
  }
  if (facts.is_replica) throw readOnlyStore();
  const missing = facts.isMade ? [] : missingGrants(facts);
  if (missing.length > 0) throw missingRights(missing);
}

/** What the user has to be granted: to use tables that are there, else to make them. */
function missingGrants(facts: PostgresFacts): string[] {
  const schema = quoteSchemaName(DEFAULT_SCHEMA);
  const ofUse = [
    ...(facts.has_schema && !facts.may_use ? [`GRANT USAGE ON SCHEMA ${schema}`] : []),
    ...(facts.may_change ? [] : [`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema}`]),
    ...(facts.may_number ? [] : [`GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema}`]),
  ];
  if (ofUse.length > 0) return ofUse;
  return [
    ...(facts.may_create_schema ? [] : [`GRANT CREATE ON DATABASE ${quoteSchemaName(facts.database)}`]),
    ...(facts.has_schema && !facts.may_create ? [`GRANT CREATE ON SCHEMA ${schema}`] : []),
  ];
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
