import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { until } from './until.ts';

/** A real server and its superuser: a `PostgresCluster`, or the one that all integration tests share. */
export interface FaultServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** A session as pg_stat_activity shows it. */
export interface Backend {
  readonly pid: number;
  /** `idle`, `active`, `idle in transaction`, … */
  readonly state: string | null;
  /** The statement that runs, or ran last. */
  readonly query: string;
}

/** Somebody at the server itself, past every proxy: a connection of its own for each question. */
export class Administrator {
  readonly #server: FaultServer;

  constructor(server: FaultServer) {
    this.#server = server;
  }

  async query(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    const { host, port, user, password } = this.#server;
    const client = new pg.Client({ host, port, user, password, database: 'postgres', ssl: false });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(sql, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** The sessions that this application has on the server, oldest first. */
  async backends(applicationName: string): Promise<Backend[]> {
    const rows = await this.query(
      `select pid, state, query from pg_stat_activity where application_name = $1 order by backend_start, pid`,
      [applicationName],
    );
    return rows as unknown as Backend[];
  }

  /** The process ids of this application's sessions, once there are so many of them (in this state, if given). */
  async untilBackends(applicationName: string, count: number, state?: string): Promise<number[]> {
    return until(async () => {
      const all = await this.backends(applicationName);
      const wanted = all.filter((backend) => state === undefined || backend.state === state);
      if (wanted.length !== count) {
        throw new Error(`Expected ${count} sessions ${state ?? ''}, the server has ${JSON.stringify(all)}`);
      }
      return wanted.map(({ pid }) => pid);
    });
  }

  /** The process ids of this application's sessions, once there are so many and none of those from before. */
  async untilReplaced(applicationName: string, before: readonly number[], count: number): Promise<number[]> {
    return until(async () => {
      const pids = (await this.backends(applicationName)).map(({ pid }) => pid);
      if (pids.length !== count || pids.some((pid) => before.includes(pid))) {
        throw new Error(`Expected ${count} sessions other than ${before}, the server has ${pids}`);
      }
      return pids;
    });
  }

  /** Ends these sessions as an administrator does (57P01). */
  async terminate(pids: readonly number[]): Promise<void> {
    await this.query('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [[...pids]]);
  }

  /** A new table in which statements leave marks. */
  async createMarks(): Promise<Marks> {
    const table = `marks_${randomBytes(6).toString('hex')}`;
    await this.query(`create table ${table} (mark text not null)`);
    return new Marks(this, table);
  }
}

/** A table in which each statement leaves a mark of its own, so that lost and doubled ones can be counted. */
export class Marks {
  readonly table: string;
  readonly #administrator: Administrator;

  constructor(administrator: Administrator, table: string) {
    this.#administrator = administrator;
    this.table = table;
  }

  /** SQL that leaves this mark, and takes so long over it. */
  sql(mark: string, seconds = 0): string {
    const source = seconds === 0 ? '' : ` from (select pg_sleep(${seconds})) as pause`;
    return `insert into ${this.table} select '${mark.replaceAll("'", "''")}'${source}`;
  }

  /** How often each mark is there; one that is missing was never left (or rolled back). */
  async counts(): Promise<Record<string, number>> {
    const rows = await this.#administrator.query(
      `select mark, count(*)::int as count from ${this.table} group by mark`,
    );
    return Object.fromEntries(rows.map(({ mark, count }) => [String(mark), Number(count)]));
  }
}
