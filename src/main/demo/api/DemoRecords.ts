import pg from 'pg';
import { ScramClient, serverLogin } from '../../embedded/login/ScramClient.ts';
import { type DemoAddress, demoSpec } from '../demoDataSource.ts';
import { cursorOf, type PageQuery, type PageStatement } from './pageQuery.ts';

/** The demo database, as far as the API needs it. */
export interface DemoDatabase {
  ensureRunning(signal: AbortSignal): Promise<DemoAddress>;
  password(): Promise<string>;
}

/** One page of records, each as JSON text. */
export interface RecordPage {
  readonly records: readonly string[];
  /** Where the next page begins; null on the last one. */
  readonly nextCursor: string | null;
  readonly hasMore: boolean;
  /** Of all that the filters let through; null where the answer does not tell. */
  readonly total: string | null;
}

/** Nothing here takes longer: the tables are small. */
const statementMs = 5_000;

/** Reads pages of the demo database over a few sessions of its own, which may not write. */
export class DemoRecords {
  readonly #database: DemoDatabase;
  #sessions: { readonly port: number; readonly pool: pg.Pool } | null = null;

  constructor(database: DemoDatabase) {
    this.#database = database;
  }

  /** Starts the database when it does not run. @throws DEMO_…, or what the server refuses */
  async read(query: PageQuery, signal: AbortSignal): Promise<RecordPage> {
    const pool = await this.#poolOf(await this.#database.ensureRunning(signal));
    const [found, counted] = await Promise.all([
      textsOf(pool, query.records),
      query.total === null ? null : textsOf(pool, query.total),
    ]);
    const records = found.slice(0, query.size);
    const hasMore = found.length > query.size;
    const last = records.at(-1);
    return {
      records,
      hasMore,
      nextCursor: hasMore && last !== undefined ? cursorOf(last) : null,
      total: counted?.[0] ?? null,
    };
  }

  /** Ends the sessions; those that read something end with it. */
  close(): void {
    const sessions = this.#sessions;
    this.#sessions = null;
    sessions?.pool.end().catch(() => undefined);
  }

  /** The server may come back on another port. */
  async #poolOf({ port }: DemoAddress): Promise<pg.Pool> {
    const password = await this.#database.password();
    if (this.#sessions?.port === port) return this.#sessions.pool;
    this.close();
    const pool = new pg.Pool({
      ...serverLogin(demoSpec, port, password),
      Client: ScramClient,
      max: 4,
      idleTimeoutMillis: 10_000,
      connectionTimeoutMillis: statementMs,
      options: `-c default_transaction_read_only=on -c TimeZone=UTC -c statement_timeout=${statementMs}`,
    });
    // A session that the server ended is replaced at the next request.
    pool.on('error', () => undefined);
    this.#sessions = { port, pool };
    return pool;
  }
}

async function textsOf(pool: pg.Pool, { text, values }: PageStatement): Promise<string[]> {
  const { rows } = await pool.query<{ record: string }>(text, [...values]);
  return rows.map(({ record }) => record);
}
