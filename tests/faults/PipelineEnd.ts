import type { DataSource } from '../../src/shared/model/dataSource.ts';
import type { RelationRef } from '../../src/shared/model/schemaTree.ts';
import { someDataSource } from '../support/dataSources.ts';
import type { FaultEngine, OwnServer } from '../support/faults/FaultEngine.ts';
import { FaultProxy } from '../support/faults/FaultProxy.ts';
import { until } from '../support/faults/until.ts';
import { isDeadlock, type OtherSession, openOtherSession } from './otherSession.ts';

/** How a session of a run is called at its servers. */
export const applicationName = 'Mooring';

/** What each engine says in its own way. */
interface EndWords {
  readonly schema: string;
  /** Numbers `n` from 1 on. */
  numbers(count: number): string;
  readonly digest: string;
  /** How many sessions wait for a lock of another one. */
  readonly waitingCount: string;
  readonly stagingNames: string;
  lock(table: string): readonly string[];
  readonly unlock: readonly string[];
  /** Begin a transaction that is not the one that costs least to be undone. */
  readonly beginHeavy: readonly string[];
  /** Waits for what others have written to a table. */
  wantAll(table: string): string;
}

const words: Record<FaultEngine['name'], EndWords> = {
  PostgreSQL: {
    schema: 'public',
    numbers: (count) => `generate_series(1, ${count}) AS n`,
    digest: 'md5(n::text)',
    waitingCount: 'SELECT count(*) AS waiting FROM pg_locks WHERE NOT granted',
    stagingNames: `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE '\\_mooring%'`,
    lock: (table) => ['BEGIN', `LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`],
    unlock: ['COMMIT'],
    beginHeavy: ['BEGIN'],
    wantAll: (table) => `LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`,
  },
  MariaDB: {
    schema: 'faults',
    numbers: (count) => `(SELECT seq AS n FROM mysql.seq_1_to_${count}) AS numbers`,
    digest: 'md5(n)',
    waitingCount: `SELECT count(*) AS waiting FROM information_schema.PROCESSLIST p
      LEFT JOIN information_schema.INNODB_TRX x ON x.trx_mysql_thread_id = p.ID
      WHERE p.STATE LIKE 'Waiting for table%lock' OR x.trx_state = 'LOCK WAIT'`,
    stagingNames: `SELECT TABLE_NAME AS name FROM information_schema.TABLES
      WHERE TABLE_SCHEMA = 'faults' AND TABLE_NAME LIKE '\\_mooring%'`,
    lock: (table) => [`LOCK TABLES ${table} WRITE`],
    unlock: ['UNLOCK TABLES'],
    beginHeavy: ['BEGIN', 'INSERT INTO faults.ballast SELECT seq FROM mysql.seq_1_to_20000'],
    wantAll: (table) => `SELECT count(*) FROM ${table} FOR UPDATE`,
  },
};

/** A server at one end of pipelines, reached over a network that can be made bad. */
export class PipelineEnd {
  readonly server: OwnServer;
  readonly proxy: FaultProxy;
  readonly dataSource: DataSource;
  readonly #words: EndWords;

  private constructor(server: OwnServer, proxy: FaultProxy) {
    this.server = server;
    this.proxy = proxy;
    const { engine } = server;
    this.dataSource = someDataSource({ engine: engine.settings, host: proxy.host, port: proxy.port });
    this.#words = words[engine.name];
  }

  static async start(server: OwnServer): Promise<PipelineEnd> {
    return new PipelineEnd(server, await FaultProxy.start(server));
  }

  get name(): string {
    return this.server.engine.name;
  }

  relation(name: string): RelationRef {
    return { schema: this.#words.schema, name };
  }

  table(name: string): string {
    return `${this.#words.schema}.${name}`;
  }

  /** A table of `count` rows: a key, a text, and a text that is NULL in some. */
  async fill(name: string, count: number, more = ''): Promise<void> {
    await this.make(name, more);
    const { digest, numbers } = this.#words;
    await this.run(`INSERT INTO ${this.table(name)} SELECT n, concat('name ', n),
      CASE WHEN n % 7 = 0 THEN NULL ELSE concat(${digest}, ${digest}) END FROM ${numbers(count)}`);
  }

  async make(name: string, more = ''): Promise<void> {
    const columns = `id bigint PRIMARY KEY, name varchar(100) NOT NULL, note varchar(100)${more}`;
    await this.run(`CREATE TABLE ${this.table(name)} (${columns})`);
  }

  async drop(name: string): Promise<void> {
    await this.run(`DROP TABLE IF EXISTS ${this.table(name)}`);
  }

  async run(...statements: readonly string[]): Promise<void> {
    for (const text of statements) await this.server.administrator.query(text);
  }

  /** Each row as one text, in the order of the key. */
  async rowsOf(name: string): Promise<string[]> {
    const rows = await this.server.administrator.query(
      `SELECT concat_ws('|', id, name, coalesce(note, '-')) AS line FROM ${this.table(name)} ORDER BY id, name, note`,
    );
    return rows.map(({ line }) => String(line));
  }

  /** Tables that a run has made beside its destination and left. */
  async stagingTables(): Promise<string[]> {
    const rows = await this.server.administrator.query(this.#words.stagingNames);
    return rows.map(({ name }) => String(name)).filter((name) => name !== 'mooring_pipelines');
  }

  /** What the destination has kept of a pipeline; null when there is nothing. */
  async checkpointOf(pipelineId: string): Promise<{ position: unknown; staging: unknown } | null> {
    const [row] = await this.server.administrator.query(
      `SELECT position AS place, staging AS beside FROM ${this.table('mooring_pipelines')}
       WHERE pipeline_id = '${pipelineId}'`,
    );
    if (row === undefined) return null;
    return { position: JSON.parse(String(row.place)), staging: JSON.parse(String(row.beside)) };
  }

  async waitingCount(): Promise<number> {
    const [row] = await this.server.administrator.query(this.#words.waitingCount);
    return Number(row?.waiting);
  }

  /** Another session has the table to itself until it lets go. */
  async lock(name: string): Promise<{ release(): Promise<void> }> {
    const session = await this.#session();
    for (const text of this.#words.lock(this.table(name))) await session.query(text);
    return {
      release: async () => {
        for (const text of this.#words.unlock) await session.query(text);
        await session.end();
      },
    };
  }

  /**
   * Another session takes the pipeline's row, waits until the run waits for it, and then wants what the run has written.
   * @param isOver whether the run has nothing to wait for any more
   */
  async deadlock(pipelineId: string, name: string, isOver: () => boolean): Promise<void> {
    const session = await this.#session();
    try {
      for (const text of this.#words.beginHeavy) await session.query(text);
      await session.query(
        `SELECT epoch FROM ${this.table('mooring_pipelines')} WHERE pipeline_id = '${pipelineId}' FOR UPDATE`,
      );
      await until(async () => {
        if (!isOver() && (await this.waitingCount()) === 0) throw new Error('The run does not wait');
      });
      await session.query(this.#words.wantAll(this.table(name)));
    } catch (error) {
      // One of the two is the victim.
      if (!isDeadlock(error)) throw error;
    } finally {
      await session.query('ROLLBACK');
      await session.end();
    }
  }

  #session(): Promise<OtherSession> {
    const { host, port, password, engine } = this.server;
    return openOtherSession(engine.name, { host, port, password });
  }

  /** Ends the sessions of all runs. */
  async endSessions(): Promise<void> {
    const { administrator } = this.server;
    const backends = await administrator.backends(applicationName);
    await administrator.terminate(backends.map(({ pid }) => pid));
  }

  dispose(): void {
    this.proxy.dispose();
  }
}
