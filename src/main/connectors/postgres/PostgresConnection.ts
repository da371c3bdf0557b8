import type { TlsState } from '../../../shared/model/testReport.ts';
import type { AppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import { type Disposable, Emitter } from '../../base/Emitter.ts';
import type { Connection, QueryOptions, QueryResult, Statement } from '../Connector.ts';
import { requestCancel } from './cancelRequest.ts';
import type { Wire, WireTarget } from './openWire.ts';
import { PostgresStatement } from './PostgresStatement.ts';
import { cancelPatienceMs, StatementRun } from './StatementRun.ts';
import type { Session } from './startSession.ts';
import { checkStatement, lostSessionError, statementError } from './statementErrors.ts';
import { Turnstile } from './Turnstile.ts';
import { WireFailure } from './WireFailure.ts';

/** How much later than the server's own limit ours strikes. */
const guardMarginMs = 5_000;
/** How long a goodbye may take. */
const closePatienceMs = 1_000;

/** What a connection needs to know about its data source after it is open. */
export interface ConnectionSettings {
  readonly target: WireTarget;
  /** The server's limit for one statement. */
  readonly queryMs: number;
}

/** One session of a PostgreSQL server. */
export class PostgresConnection implements Connection {
  readonly tls: TlsState;
  readonly #session: Session;
  readonly #wire: Wire;
  readonly #settings: ConnectionSettings;
  readonly #clock: Clock;
  readonly #turns = new Turnstile();
  readonly #closed = new Emitter<AppError | null>();
  #state: 'open' | 'closing' | 'ended' = 'open';
  /** The first thing that went wrong with the session. */
  #failure: unknown = null;
  #running: { readonly run: StatementRun; readonly sent: PostgresStatement } | null = null;
  #goodbye: Promise<void> | null = null;

  constructor(session: Session, wire: Wire, settings: ConnectionSettings, clock: Clock) {
    this.#session = session;
    this.#wire = wire;
    this.#settings = settings;
    this.#clock = clock;
    this.tls = wire.tls;
    session.client.on('error', (error: unknown) => this.#fail(error));
    session.connection.on('readyForQuery', () => this.#running?.run.answered());
    session.connection.once('end', () => this.#ended());
  }

  get backendId(): number | null {
    return this.#session.client.processID;
  }

  get isUsable(): boolean {
    return this.#state === 'open' && this.#failure === null && !this.#wire.stream.destroyed;
  }

  get isInTransaction(): boolean {
    return this.#session.client.getTransactionStatus() !== 'I';
  }

  get isBusy(): boolean {
    return this.#running !== null;
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
  async query(statement: Statement, options: QueryOptions): Promise<QueryResult> {
    checkStatement(statement);
    return await this.#turns.pass(options.signal, () => this.#execute(statement, options));
  }

  /** An empty statement: the server answers it in any state, also inside a failed transaction. */
  async ping(options: QueryOptions): Promise<void> {
    await this.#turns.pass(options.signal, () => this.#execute({ text: '' }, options));
  }

  async cancelRunning(): Promise<void> {
    await this.#running?.run.stop();
  }

  close(): Promise<void> {
    this.#goodbye ??= this.#sayGoodbye();
    return this.#goodbye;
  }

  destroy(): void {
    if (this.#state === 'open') this.#state = 'closing';
    this.#wire.stream.destroy();
  }

  async #execute(statement: Statement, options: QueryOptions): Promise<QueryResult> {
    if (!this.isUsable) throw lostSessionError(this.#failure, 'not-sent');
    const timeoutMs = options.timeoutMs ?? this.#settings.queryMs + guardMarginMs;
    const run = new StatementRun(
      { cancel: () => this.#cancel(), abandon: () => this.#abandon() },
      this.#clock,
    );
    const sent = new PostgresStatement(statement, () => run.interrupt('size'));
    this.#running = { run, sent };
    const send = () => this.#session.client.query(sent);
    const outcome = await run.follow(send, { signal: options.signal, timeoutMs });
    this.#running = null;
    if (outcome === 'answered' && sent.error === null) return sent.result;
    throw statementError(outcome === 'lost' ? this.#failure : sent.error, {
      outcome,
      interruption: run.interruption,
      signal: options.signal,
      queryMs: this.#settings.queryMs,
      timeoutMs,
    });
  }

  #cancel(): Promise<void> {
    const { processID, secretKey } = this.#session.client;
    if (processID === null || secretKey === null) {
      return Promise.reject(new WireFailure('protocol', 'The server gave no key to cancel with'));
    }
    const key = { processId: processID, secretKey };
    return requestCancel(this.#settings.target, this.#wire.address, key, this.#clock, cancelPatienceMs);
  }

  #abandon(): void {
    this.#fail(new WireFailure('closed', 'The server did not obey a cancel in time'));
  }

  /** Notes why the session ends, unless we end it ourselves, and drops the socket. */
  #fail(error: unknown): void {
    // When the server ends a session in the middle of a statement it says why in answer to the statement.
    if (this.#state === 'open') this.#failure ??= this.#running?.sent.error ?? error;
    this.#wire.stream.destroy();
  }

  async #sayGoodbye(): Promise<void> {
    if (this.#state === 'ended') return;
    const isBusy = this.#running !== null;
    const ended = new Promise((resolve) => this.#session.connection.once('end', resolve));
    this.#state = 'closing';
    const patience = this.#clock.after(closePatienceMs, () => this.#wire.stream.destroy());
    if (isBusy) this.#wire.stream.destroy();
    else this.#session.connection.end();
    await ended;
    patience.cancel();
  }

  #ended(): void {
    this.#fail(new WireFailure('closed', 'The server closed the connection without a word'));
    this.#state = 'ended';
    this.#running?.run.lost();
    this.#closed.emit(this.#closeReason());
  }

  #closeReason(): AppError | null {
    return this.#failure === null ? null : lostSessionError(this.#failure, 'ended');
  }
}
