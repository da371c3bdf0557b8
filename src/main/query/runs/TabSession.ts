import type { HeldState, QuerySession, SessionEvent } from '../../../shared/model/query.ts';
import type { LexicalModes, SessionState } from '../../../shared/sql/SqlLanguage.ts';
import { type AppError, isAppError, toErrorDto } from '../../base/AppError.ts';
import { onAbort, unboundedController } from '../../base/abort.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { Disposable } from '../../base/Emitter.ts';
import type { SessionMessage, SqlConnection } from '../../connectors/Connection.ts';
import { requireSql } from '../../connectors/speaksSql.ts';
import type { Lease, RecallReason } from '../../sessions/pool/Lease.ts';
import { transactionLostError } from '../../sessions/transactions/transactionErrors.ts';
import {
  queryCancelledError,
  sessionEndedError,
  tabBusyError,
  transactionOpenError,
  withLosses,
} from './queryErrors.ts';

/** How long a tab keeps a connection that nothing holds, so that the next statement has the same one. */
const spareMs = 10_000;
/** A session that was idle for longer must answer before a statement is sent over it. */
const provenMs = 30_000;
const proofTimeoutMs = 5_000;

export interface TabSessionOptions {
  readonly tabId: string;
  readonly sourceId: string;
  readonly acquire: (signal: AbortSignal) => Promise<Lease>;
  readonly clock: Clock;
  /** What happens while nothing runs, and what the server sends by itself. */
  readonly emit: (event: SessionEvent) => void;
}

/** Work in a session. @param signal aborts when the work is cancelled, by whomever */
export type SessionWork<Value> = (connection: SqlConnection, signal: AbortSignal) => Promise<Value>;

interface Running {
  readonly controller: AbortController;
  /** Resolves when it has ended. */
  readonly over: Promise<void>;
}

const isLent = ({ server }: SqlConnection): boolean => server.pooler?.lends === 'transaction';

/**
 * The session of one tab: a connection of the pool that the tab keeps for as long as there is state in it that a person
 * would miss. Then nobody else gets that connection. Without such state it is spare: it goes back to the pool after a
 * while, or as soon as somebody waits for it.
 */
export class TabSession {
  readonly #options: TabSessionOptions;
  #lease: Lease | null = null;
  #watching: readonly Disposable[] = [];
  #running: Running | null = null;
  #spare: Timer | null = null;
  /** What statements left in it. */
  readonly #left = new Set<SessionState>();
  #transaction: QuerySession['transaction'] = 'none';
  #searchPath: readonly string[] | null = null;
  #modes: LexicalModes | null = null;
  /** Statements have changed objects of the data source, which nobody else has been told yet. */
  #hasDefined = false;
  /** The pool wants it back as soon as possible. */
  #recall: RecallReason | null = null;
  #usedAtMs = 0;

  constructor(options: TabSessionOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  get transaction(): QuerySession['transaction'] {
    return this.#transaction;
  }

  /** What a person would miss. */
  get holds(): readonly HeldState[] {
    return [...(this.#transaction === 'none' ? [] : (['transaction'] as const)), ...this.#left];
  }

  /** As the window sees it; null while the tab has none. */
  get view(): QuerySession | null {
    if (this.#lease === null || !this.#lease.connection.isUsable) return null;
    return {
      backendId: this.#lease.connection.backendId,
      transaction: this.#transaction,
      holds: [...this.holds],
      searchPath: this.#searchPath === null ? null : [...this.#searchPath],
      modes: this.#modes,
      ...(isLent(requireSql(this.#lease.connection)) && { isLent: true }),
    };
  }

  /**
   * Runs work in the session, one at a time, with a connection of the pool if it has none.
   * @throws INVALID_INPUT when something runs already, what the pool says, QUERY_CANCELLED, or what the work fails with
   */
  async use<Value>(signal: AbortSignal, work: SessionWork<Value>): Promise<Value> {
    if (this.#running !== null) throw tabBusyError();
    const controller = unboundedController();
    const cancel = () => controller.abort(queryCancelledError());
    let ended: () => void = () => undefined;
    const over = new Promise<void>((resolve) => {
      ended = resolve;
    });
    this.#running = { controller, over };
    this.#spare?.cancel();
    const listening = onAbort(signal, cancel);
    try {
      const connection = await this.#connection(controller.signal);
      return await work(connection, controller.signal);
    } finally {
      listening.dispose();
      this.#running = null;
      this.#tellDefinitions();
      this.#settle();
      ended();
    }
  }

  /** A statement has ended: the state of the transaction may be another one. */
  noted(left: readonly SessionState[] = []): void {
    const connection = this.#lease?.connection;
    if (connection?.isUsable !== true) return;
    // What is left in a session that the next statement may not have is gone already.
    if (!isLent(requireSql(connection))) for (const state of left) this.#left.add(state);
    const { isInTransaction, isTransactionFailed } = connection;
    if (isTransactionFailed) this.#transaction = 'failed';
    else this.#transaction = isInTransaction ? 'open' : 'none';
  }

  /** What statements left is gone, all of it or some. */
  released(states: readonly SessionState[] = [...this.#left]): void {
    for (const state of states) this.#left.delete(state);
  }

  /** A statement has made, changed or dropped an object that outlives the session. */
  defined(): void {
    this.#hasDefined = true;
  }

  /** The schemas that unqualified names are looked up in now. */
  searches(path: readonly string[]): void {
    this.#searchPath = path;
  }

  /** How statements are read now. */
  reads(modes: LexicalModes): void {
    this.#modes = modes;
  }

  /**
   * Ends the session although it holds something. Does nothing when there is none.
   * @throws INVALID_INPUT while a statement runs or a transaction is open
   */
  giveUp(): void {
    if (this.#running !== null) throw tabBusyError();
    if (this.#transaction !== 'none') throw transactionOpenError();
    if (this.#lease !== null) this.#end();
  }

  /** Cancels what runs; resolves when nothing runs any more. Never rejects. */
  async cancel(): Promise<void> {
    this.#running?.controller.abort(queryCancelledError());
    await this.#running?.over;
  }

  /** Cancels what runs and ends the session; an open transaction is rolled back. Never rejects. */
  async close(): Promise<void> {
    this.#recall ??= 'wanted';
    await this.cancel();
    this.#letGo();
  }

  async #connection(signal: AbortSignal): Promise<SqlConnection> {
    if (this.#lease !== null) await this.#prove(requireSql(this.#lease.connection), signal);
    else this.#take(await this.#options.acquire(signal));
    const lease = this.#lease;
    if (lease === null) throw sessionEndedError(null);
    return requireSql(lease.connection);
  }

  /**
   * A session that went quietly, as when the computer slept, is better noticed before a statement is sent.
   * @throws what was lost
   */
  async #prove(connection: SqlConnection, signal: AbortSignal): Promise<void> {
    if (this.#options.clock.monotonicMs() - this.#usedAtMs < provenMs) return;
    try {
      await connection.ping({ signal, timeoutMs: proofTimeoutMs });
    } catch (error) {
      if (connection.isUsable || !isAppError(error)) throw error;
      throw this.#lossOf(error);
    }
  }

  #take(lease: Lease): void {
    this.#lease = lease;
    this.#recall = null;
    lease.pin((reason) => this.#recalled(reason));
    const connection = requireSql(lease.connection);
    this.#watching = [
      connection.onClosed((reason) => this.#closed(reason)),
      connection.onMessage((message) => this.#heard(message)),
    ];
  }

  #recalled(reason: RecallReason): void {
    this.#recall = reason;
    if (this.#running === null) this.#settle();
  }

  /** Others see what was defined once its transaction is over. */
  #tellDefinitions(): void {
    if (!this.#hasDefined || this.#transaction !== 'none') return;
    this.#hasDefined = false;
    const { emit, sourceId, tabId } = this.#options;
    emit({ type: 'defined', tabId, sourceId });
  }

  /** Nothing runs: the session is kept, kept for a while, or given up. */
  #settle(): void {
    if (this.#lease === null) return;
    this.#usedAtMs = this.#options.clock.monotonicMs();
    // What ran has failed with the reason.
    if (!this.#lease.connection.isUsable) this.#end();
    else if (this.#recall === 'closing') this.#lost(null);
    else if (this.holds.length > 0) this.#recall = null;
    else if (this.#recall === 'wanted') this.#end();
    else this.#spare = this.#options.clock.after(spareMs, () => this.#end());
  }

  /** The session ended by itself. What runs in it fails with the reason. */
  #closed(reason: AppError | null): void {
    if (this.#running === null) this.#lost(reason);
  }

  #lost(reason: AppError | null): void {
    const isMissed = this.holds.length > 0;
    const error = toErrorDto(this.#lossOf(sessionEndedError(reason)), null);
    this.#end();
    if (isMissed) this.#options.emit({ type: 'lost', tabId: this.#options.tabId, error });
  }

  /** Why it ended, with what became of its transaction and its state. */
  #lossOf(error: AppError): AppError {
    const told = this.#transaction === 'none' ? error : transactionLostError(error, 'not-sent');
    return withLosses(told, this.holds);
  }

  /** Gives the connection back, and says so. */
  #end(): void {
    this.#letGo();
    this.#options.emit({ type: 'session', tabId: this.#options.tabId, session: null });
  }

  #letGo(): void {
    const lease = this.#lease;
    const isClean = this.holds.length === 0;
    this.#spare?.cancel();
    for (const watch of this.#watching) watch.dispose();
    this.#lease = null;
    this.#watching = [];
    this.#left.clear();
    this.#transaction = 'none';
    this.#searchPath = null;
    this.#modes = null;
    this.#hasDefined = false;
    // What is closed is rolled back by its server.
    if (isClean) lease?.release();
    else lease?.discard();
  }

  #heard(message: SessionMessage): void {
    this.#options.emit({ ...message, tabId: this.#options.tabId });
  }
}
