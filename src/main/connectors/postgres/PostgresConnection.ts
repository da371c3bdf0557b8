import type { TlsState } from '../../../shared/model/testReport.ts';
import type { AppError } from '../../base/AppError.ts';
import { abortReason, neverAborted, onAbort } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import { type Disposable, Emitter } from '../../base/Emitter.ts';
import type { Connection, QueryOptions, QueryResult, Statement } from '../Connector.ts';
import { requestCancel } from './cancelRequest.ts';
import { lostSessionError } from './lostSessionError.ts';
import { MovingDeadline } from './MovingDeadline.ts';
import type { Wire, WireTarget } from './openWire.ts';
import { PostgresStatement, type StatementOrder, type StatementSession } from './PostgresStatement.ts';
import {
  type CancelSession,
  cancelPatienceMs,
  type Interruption,
  StatementCancel,
} from './StatementCancel.ts';
import type { Session } from './startSession.ts';
import { checkStatement, notSentError, statementError } from './statementErrors.ts';
import { emptyQuery, refuseCopy, statementMessages } from './statementMessages.ts';
import { Turnstile } from './Turnstile.ts';
import { WireFailure } from './WireFailure.ts';

/** How much later than the server's own limits ours strike. */
const guardMarginMs = 5_000;
/** How long a goodbye may take. */
const closePatienceMs = 1_000;

/** What a connection needs to know about its data source after it is open. */
export interface ConnectionSettings {
  readonly target: WireTarget;
  /** The server's limit for one statement. */
  readonly queryMs: number;
  /** The server's limit for a transaction without a statement. */
  readonly idleInTransactionMs: number;
}

/** One session of a PostgreSQL server. */
export class PostgresConnection implements Connection {
  readonly backendId: number | null;
  readonly tls: TlsState;
  readonly #session: Session;
  readonly #wire: Wire;
  readonly #settings: ConnectionSettings;
  readonly #clock: Clock;
  readonly #turns = new Turnstile();
  readonly #closed = new Emitter<AppError | null>();
  /** For the statement that runs; between two of one transaction, for the transaction. */
  readonly #deadline: MovingDeadline;
  readonly #forStatements: StatementSession = {
    tooLarge: (statement) => this.#interrupt(statement, 'size'),
    refuseCopy: () => this.#wire.stream.write(refuseCopy),
  };
  readonly #forCancels: CancelSession = {
    cancel: () => this.#cancel(),
    abandon: () => this.#fail(new WireFailure('closed', 'The server did not obey a cancel in time')),
  };
  #state: 'open' | 'closing' | 'ended' = 'open';
  /** The first thing that went wrong with the session. */
  #failure: unknown;
  #running: PostgresStatement | null = null;
  #goodbye: Promise<void> | null = null;
  /** Whom `cancelRunning` tells that nothing runs any more; while there is anybody, no statement is let in. */
  #stopping: (() => void)[] = [];

  constructor(session: Session, wire: Wire, settings: ConnectionSettings, clock: Clock) {
    this.#session = session;
    this.#wire = wire;
    this.#settings = settings;
    this.#clock = clock;
    this.#deadline = new MovingDeadline(clock, () => this.#overdue());
    this.#failure = session.connection.failure;
    this.backendId = session.key?.processId ?? null;
    this.tls = wire.tls;
    session.answers.onAnswered(() => this.#answered());
    session.connection.on('error', (error: unknown) => this.#fail(error));
    session.connection.once('end', () => this.#ended());
    if (wire.stream.closed) queueMicrotask(() => this.#ended());
  }

  get isUsable(): boolean {
    return this.#state === 'open' && this.#failure === null && !this.#wire.stream.destroyed;
  }

  get isInTransaction(): boolean {
    return this.#session.answers.isInTransaction;
  }

  get isBusy(): boolean {
    return this.#turns.isTaken;
  }

  /** On a session that has ended already the listener is called at once. */
  onClosed(listener: (reason: AppError | null) => void): Disposable {
    if (this.#state === 'ended') queueMicrotask(() => listener(this.#closeReason()));
    return this.#closed.on(listener);
  }

  /**
   * @throws QUERY_CANCELLED, QUERY_TIMEOUT, PERMISSION_DENIED, READ_ONLY, QUERY_FAILED, TOO_LARGE, CONNECTION_LOST, or
   * the reason of the signal when it aborts before the statement was sent
   */
  query(statement: Statement, options: QueryOptions): Promise<QueryResult> {
    return new Promise((resolve, reject) => {
      checkStatement(statement);
      this.#line({ messages: statementMessages(statement), isPing: false }, options, resolve, reject);
    });
  }

  /** @throws CONNECTION_LOST, also when the answer is late, or the reason of the signal; the session is given up then */
  ping(options: QueryOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#line({ messages: emptyQuery, isPing: true }, options, () => resolve(), reject);
    });
  }

  cancelRunning(): Promise<void> {
    if (!this.isBusy) return Promise.resolve();
    return new Promise((resolve) => {
      this.#stopping.push(resolve);
      this.#turns.dismiss(notSentError());
      if (this.#running !== null) this.#interrupt(this.#running, 'caller');
    });
  }

  close(): Promise<void> {
    this.#goodbye ??= this.#sayGoodbye();
    return this.#goodbye;
  }

  destroy(): void {
    if (this.#state === 'open') this.#state = 'closing';
    this.#wire.stream.destroy();
  }

  /** Puts a statement in line; it is sent at once when the line is empty. */
  #line(
    what: Pick<StatementOrder, 'messages' | 'isPing'>,
    { signal, timeoutMs = this.#settings.queryMs + guardMarginMs }: QueryOptions,
    resolve: (result: QueryResult) => void,
    reject: (reason: unknown) => void,
  ): void {
    if (this.#stopping.length > 0) throw notSentError();
    const { messages, isPing } = what;
    const order = { messages, isPing, signal, timeoutMs, resolve, reject };
    const statement = new PostgresStatement(order, this.#forStatements);
    this.#turns.pass({ signal, enter: () => this.#send(statement), refuse: reject });
  }

  #send(statement: PostgresStatement): void {
    const { messages, signal, timeoutMs, reject } = statement.order;
    if (!this.isUsable) {
      const lost = lostSessionError(this.#failure, 'not-sent');
      this.#turns.dismiss(lost);
      this.#turns.leave();
      reject(lost);
      return;
    }
    this.#running = statement;
    this.#session.answers.expect(statement);
    this.#deadline.set(timeoutMs);
    if (signal !== neverAborted) {
      statement.listening = onAbort(signal, () => this.#interrupt(statement, 'caller'));
    }
    this.#wire.stream.write(messages);
  }

  #interrupt(statement: PostgresStatement, reason: Interruption): void {
    if (statement !== this.#running || statement.outcome !== null) return;
    if (statement.order.isPing) {
      if (reason === 'caller') this.destroy();
      else this.#fail(new WireFailure('closed', 'The server did not answer in time'));
      return;
    }
    statement.cancel ??= new StatementCancel(reason, this.#forCancels, this.#clock);
  }

  #cancel(): Promise<void> {
    const { key } = this.#session;
    if (key === null) {
      return Promise.reject(new WireFailure('protocol', 'The server gave no key to cancel with'));
    }
    return requestCancel(this.#settings.target, this.#wire.address, key, this.#clock, cancelPatienceMs);
  }

  /** The server is ready for the next statement. */
  #answered(): void {
    const statement = this.#running;
    if (statement === null) return;
    statement.outcome = 'answered';
    if (statement.cancel === null) this.#finish(statement);
    else void statement.cancel.outlive().then(() => this.#finish(statement));
  }

  #finish(statement: PostgresStatement): void {
    const { order, error, outcome } = statement;
    this.#running = null;
    statement.listening?.dispose();
    if (this.isInTransaction && this.#state !== 'ended') {
      this.#deadline.set(this.#settings.idleInTransactionMs + guardMarginMs);
    } else this.#deadline.clear();
    this.#turns.leave();
    if (outcome === 'answered' && error === null) order.resolve(statement.result);
    else order.reject(this.#explain(statement, outcome === 'answered' ? error : this.#failure));
    for (const tell of this.#stopping.splice(0)) tell();
  }

  #explain({ order, outcome, cancel }: PostgresStatement, error: unknown): unknown {
    if (order.isPing) {
      return order.signal.aborted ? abortReason(order.signal) : lostSessionError(error, 'ended');
    }
    return statementError(error, {
      outcome: outcome ?? 'lost',
      interruption: cancel?.reason ?? null,
      signal: order.signal,
      queryMs: this.#settings.queryMs,
      timeoutMs: order.timeoutMs,
    });
  }

  #overdue(): void {
    if (this.#running !== null) this.#interrupt(this.#running, 'guard');
    else
      this.#fail(new WireFailure('idle-in-transaction', 'A transaction was left open without a statement'));
  }

  /** Notes why the session ends, unless we end it ourselves, and drops the socket. */
  #fail(error: unknown): void {
    if (this.#state === 'open') this.#failure ??= this.#running?.error ?? error;
    this.#wire.stream.destroy();
  }

  async #sayGoodbye(): Promise<void> {
    if (this.#state === 'ended') return;
    const ended = new Promise((resolve) => this.#session.connection.once('end', resolve));
    this.#state = 'closing';
    const patience = this.#clock.after(closePatienceMs, () => this.#wire.stream.destroy());
    if (this.isBusy) this.#wire.stream.destroy();
    else this.#session.connection.end();
    await ended;
    patience.cancel();
  }

  #ended(): void {
    if (this.#state === 'ended') return;
    if (this.#state === 'open' && this.#failure === null) {
      this.#fail(new WireFailure('closed', 'The server closed the connection without a word'));
    }
    this.#state = 'ended';
    const statement = this.#running;
    if (statement !== null && statement.outcome === null) {
      statement.outcome = 'lost';
      statement.cancel?.dispose();
      this.#finish(statement);
    }
    this.#deadline.dispose();
    this.#closed.emit(this.#closeReason());
  }

  #closeReason(): AppError | null {
    return this.#failure === null ? null : lostSessionError(this.#failure, 'ended');
  }
}
