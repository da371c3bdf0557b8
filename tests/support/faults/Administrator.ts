import { randomBytes } from 'node:crypto';
import type { FaultWords } from './FaultEngine.ts';
import { until } from './until.ts';

/** A session as the server lists it. */
export interface Backend {
  readonly pid: number;
  readonly state: BackendState | null;
  /** The statement that runs; what ran last where the server remembers it. */
  readonly query: string;
}

export type BackendState = 'idle' | 'active' | 'idle in transaction' | 'idle in transaction (aborted)';

/** Somebody at the server itself, past every proxy: a connection of its own for each question. */
export abstract class Administrator {
  protected abstract readonly words: FaultWords;
  /** Where tables for tests are made. */
  protected abstract readonly schema: string;

  abstract query(sql: string, values?: readonly (string | number)[]): Promise<Record<string, unknown>[]>;

  /** The sessions that this application has on the server, oldest first. */
  abstract backends(applicationName: string): Promise<Backend[]>;

  /** Ends these sessions. */
  abstract terminate(pids: readonly number[]): Promise<void>;

  protected abstract createMarksTable(table: string): Promise<void>;

  /** The ids of this application's sessions, once there are so many of them (in this state, if given). */
  async untilBackends(applicationName: string, count: number, state?: BackendState): Promise<number[]> {
    return until(async () => {
      const all = await this.backends(applicationName);
      const wanted = all.filter((backend) => state === undefined || backend.state === state);
      if (wanted.length !== count) {
        throw new Error(`Expected ${count} sessions ${state ?? ''}, the server has ${JSON.stringify(all)}`);
      }
      return wanted.map(({ pid }) => pid);
    });
  }

  /** The ids of this application's sessions, once there are so many and none of those from before. */
  async untilReplaced(applicationName: string, before: readonly number[], count: number): Promise<number[]> {
    return until(async () => {
      const pids = (await this.backends(applicationName)).map(({ pid }) => pid);
      if (pids.length !== count || pids.some((pid) => before.includes(pid))) {
        throw new Error(`Expected ${count} sessions other than ${before}, the server has ${pids}`);
      }
      return pids;
    });
  }

  /** A relation whose rows do not fit into what is under way at a time. */
  async createLargeRelation(): Promise<{ readonly schema: string; readonly name: string }> {
    const { schema } = this;
    const name = `large_${randomBytes(6).toString('hex')}`;
    await this.query(this.words.createLargeView(`${schema}.${name}`, 5_000));
    return { schema, name };
  }

  /** A new table in which statements leave marks. */
  async createMarks(): Promise<Marks> {
    const table = `${this.schema}.marks_${randomBytes(6).toString('hex')}`;
    await this.createMarksTable(table);
    return new Marks(this, this.words, table);
  }
}

/** A table in which each statement leaves a mark of its own, so that lost and doubled ones can be counted. */
export class Marks {
  readonly table: string;
  readonly #administrator: Administrator;
  readonly #words: FaultWords;

  constructor(administrator: Administrator, words: FaultWords, table: string) {
    this.#administrator = administrator;
    this.#words = words;
    this.table = table;
  }

  /** SQL that leaves this mark, and takes so long over it. */
  sql(mark: string, seconds = 0): string {
    return this.#words.insertMark(this.table, mark, seconds);
  }

  /** SQL that leaves this mark as soon as this lock is free. */
  sqlUnderLock(mark: string, lock: string): string {
    return this.#words.insertUnderLock(this.table, mark, lock);
  }

  /** How often each mark is there; one that is missing was never left (or rolled back). */
  async counts(): Promise<Record<string, number>> {
    const rows = await this.#administrator.query(
      `select mark, count(*) as marks from ${this.table} group by mark`,
    );
    return Object.fromEntries(rows.map(({ mark, marks }) => [String(mark), Number(marks)]));
  }
}
