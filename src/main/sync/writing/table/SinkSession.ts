import { pause, throwIfAborted } from '../../../base/abort.ts';
import type { Clock } from '../../../base/Clock.ts';
import type { QueryOptions, QueryResult, SqlConnection } from '../../../connectors/Connection.ts';
import type { Dialect } from '../../../connectors/Dialect.ts';
import type { TableWriter } from '../../../connectors/TableWriter.ts';
import { runTransaction } from '../../../sessions/transactions/runTransaction.ts';
import type { Transaction } from '../../../sessions/transactions/Transaction.ts';
import { healing } from '../../copy/runErrors.ts';

/** What writes to a destination, and how its engine says things. */
export interface SinkTools {
  /** Of the sink alone while it is open. */
  readonly connection: SqlConnection;
  readonly writer: TableWriter;
  readonly dialect: Dialect;
  /** Cancels statements at the server. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** So long a transaction may stand still, as when the worker is stopped; then the server ends it, in milliseconds. */
  readonly idleLimitMs: number;
}

/** No statement of a run has a limit of its own; this one is for a server that does not answer. */
const statementLimitMs = 24 * 60 * 60 * 1_000;
/** How often a transaction that stood in the way of others is tried again. */
const maxRepeats = 3;
const repeatAfterMs = 100;

/** The statements and transactions of a sink. Their errors say whether the next attempt may succeed. */
export class SinkSession {
  readonly tools: SinkTools;

  constructor(tools: SinkTools) {
    this.tools = tools;
  }

  get options(): QueryOptions {
    return { signal: this.tools.signal, timeoutMs: statementLimitMs };
  }

  /** @throws what the server refuses it with */
  query(text: string, values: readonly (string | number | null)[] = []): Promise<QueryResult> {
    return this.tools.connection.query({ text, values }, this.options);
  }

  /** Statements that change tables, in order: as one where the engine can. */
  async change(statements: readonly string[], last: () => Promise<void>): Promise<void> {
    if (this.tools.writer.words.isDdlTransactional) {
      await this.transaction(async () => {
        for (const text of statements) await this.query(text);
        await last();
      });
      return;
    }
    await this.explained(async () => {
      for (const text of statements) await this.query(text);
    });
    await this.transaction(last);
  }

  /**
   * Runs work as one transaction, again from its beginning when it was the victim of a deadlock or the like.
   * @throws what the work fails with; `retryable` where the next attempt may succeed
   */
  transaction<Value>(work: (transaction: Transaction) => Promise<Value>): Promise<Value> {
    return this.explained(async () => {
      for (let repeats = 0; ; repeats += 1) {
        try {
          return await this.#once(work);
        } catch (error) {
          if (repeats === maxRepeats || !this.#isWorthRepeating(error)) throw error;
          await pause(this.tools.clock, repeatAfterMs * 2 ** repeats, this.tools.signal);
        }
      }
    });
  }

  /** Runs work whose errors say afterwards whether the next attempt may succeed. */
  async explained<Value>(work: () => Promise<Value>): Promise<Value> {
    const { connection, writer, signal } = this.tools;
    try {
      return await work();
    } catch (error) {
      throwIfAborted(signal);
      throw connection.isUsable && writer.judge(error) !== 'transient' ? error : healing(error);
    }
  }

  #once<Value>(work: (transaction: Transaction) => Promise<Value>): Promise<Value> {
    const { connection, dialect, writer, signal, idleLimitMs } = this.tools;
    const session = { connection, words: dialect.transactions };
    return runTransaction(
      session,
      signal,
      async (transaction) => {
        await writer.prepare(connection, { ...this.options, idleLimitMs });
        return work(transaction);
      },
      {},
    );
  }

  #isWorthRepeating(error: unknown): boolean {
    const { connection, writer, signal } = this.tools;
    return connection.isUsable && !signal.aborted && writer.judge(error) === 'transient';
  }
}
