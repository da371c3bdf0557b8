import { neverAborted } from '../../base/abort.ts';
import type { QueryOptions, QueryResult, SqlConnection, Statement } from '../../connectors/Connection.ts';
import type { TransactionWords } from '../../connectors/Dialect.ts';
import type { Transaction, TransactionOptions } from './Transaction.ts';
import {
  transactionEndedInsideError,
  transactionLostError,
  transactionOverError,
} from './transactionErrors.ts';

/** Longest time for the server to undo a transaction; then the connection is closed, and it must. */
const rollbackTimeoutMs = 5_000;

/** A session, and how its engine says what a transaction needs. */
export interface TransactionSession {
  readonly connection: SqlConnection;
  readonly words: TransactionWords;
}

/** A transaction from its BEGIN to its end, on a connection that nobody else uses meanwhile. */
export class OpenTransaction implements Transaction {
  readonly #connection: SqlConnection;
  readonly #words: TransactionWords;
  #isOver = false;
  /** What a statement failed with: the server takes no other one until that is undone. */
  #failure: { readonly error: unknown } | null = null;
  #savepointCount = 0;

  private constructor({ connection, words }: TransactionSession) {
    this.#connection = connection;
    this.#words = words;
  }

  /** @throws what BEGIN fails with; the connection is then to be given back */
  static async begin(
    session: TransactionSession,
    { readOnly = false, isolation }: TransactionOptions,
    signal: AbortSignal,
  ): Promise<OpenTransaction> {
    for (const text of session.words.begin({ readOnly, isolation: isolation ?? null })) {
      await session.connection.query({ text }, { signal });
    }
    return new OpenTransaction(session);
  }

  get isOpen(): boolean {
    return !this.#isOver && this.#connection.isUsable;
  }

  async query(statement: Statement, options: QueryOptions): Promise<QueryResult> {
    if (this.#isOver) throw transactionOverError();
    try {
      return await this.#connection.query(statement, options);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  async savepoint<Value>(work: () => Promise<Value>): Promise<Value> {
    this.#savepointCount += 1;
    const name = `mooring_${this.#savepointCount}`;
    await this.query({ text: this.#words.savepoint(name) }, { signal: neverAborted });
    try {
      const value = await work();
      if (this.#failure !== null) throw this.#failure.error;
      await this.query({ text: this.#words.release(name) }, { signal: neverAborted });
      return value;
    } catch (error) {
      await this.#undoTo(name);
      throw error;
    }
  }

  /** @throws TRANSACTION_LOST, the failure of a statement, or what the server refuses the commit with: nothing is committed then */
  async commit(): Promise<void> {
    if (this.#failure !== null) throw this.#failure.error;
    if (!this.#connection.isUsable) throw transactionLostError(null, 'not-sent');
    if (!this.#connection.isInTransaction) throw transactionEndedInsideError();
    this.#isOver = true;
    try {
      // Not to be cancelled: only the server's word tells whether it happened.
      await this.#connection.query({ text: this.#words.commit }, { signal: neverAborted });
    } catch (error) {
      throw this.#connection.isUsable ? error : transactionLostError(error, 'on-its-way');
    }
  }

  /** Undoes it: by its words, else by closing the connection. No statement comes after it. Never rejects. */
  async rollback(): Promise<void> {
    this.#isOver = true;
    await this.#connection.cancelRunning();
    if (!this.#connection.isUsable || !this.#connection.isInTransaction) return;
    try {
      const options = { signal: neverAborted, timeoutMs: rollbackTimeoutMs };
      await this.#connection.query({ text: this.#words.rollback }, options);
    } catch {
      this.#connection.destroy();
    }
  }

  /** Undoes what came after the savepoint, so that the transaction can go on. */
  async #undoTo(name: string): Promise<void> {
    if (!this.isOpen) return;
    try {
      const options = { signal: neverAborted, timeoutMs: rollbackTimeoutMs };
      await this.#connection.query({ text: this.#words.rollbackTo(name) }, options);
      await this.#connection.query({ text: this.#words.release(name) }, options);
      this.#failure = null;
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): unknown {
    const told = this.#connection.isUsable ? error : transactionLostError(error, 'not-sent');
    this.#failure ??= { error: told };
    return told;
  }
}
