import type { TlsState } from '../../../shared/model/testReport.ts';
import type { AppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import { type Disposable, Emitter } from '../../base/Emitter.ts';
import type { Connection, QueryOptions, QueryResult, Statement } from '../Connector.ts';
import type { AnswerMemory } from '../network/AnswerMemory.ts';
import { requestCancel } from './cancelRequest.ts';
import { lostSessionError } from './lostSessionError.ts';
import type { Wire, WireTarget } from './openWire.ts';
import { checkReadOnly } from './readOnlySql.ts';
import { cancelPatienceMs } from './StatementCancel.ts';
import { type LineSettings, StatementLine } from './StatementLine.ts';
import type { Session } from './startSession.ts';
import { checkStatement } from './statementErrors.ts';
import { emptyQuery, statementMessages } from './statementMessages.ts';
import { WireFailure } from './WireFailure.ts';

/** How long a goodbye may take. */
const closePatienceMs = 1_000;

/** What a connection needs to know about its data source after it is open. */
export interface ConnectionSettings extends LineSettings {
  readonly target: WireTarget;
  /** The process's memory for answers. */
  readonly memory: AnswerMemory;
}

/** One session of a PostgreSQL server. */
export class PostgresConnection implements Connection {
  readonly backendId: number | null;
  readonly tls: TlsState;
  readonly #session: Session;
  readonly #wire: Wire;
  readonly #settings: ConnectionSettings;
  readonly #clock: Clock;
  readonly #line: StatementLine;
  readonly #closed = new Emitter<AppError | null>();
  #state: 'open' | 'closing' | 'ended' = 'open';
  /** The first thing that went wrong with the session. */
  #failure: unknown;
  #goodbye: Promise<void> | null = null;

  constructor(session: Session, wire: Wire, settings: ConnectionSettings, clock: Clock) {
    this.#session = session;
    this.#wire = wire;
    this.#settings = settings;
    this.#clock = clock;
    this.#failure = session.connection.failure;
    this.#line = this.#makeLine();
    this.backendId = session.key?.processId ?? null;
    this.tls = wire.tls;
    session.connection.on('error', (error) => this.#fail(error));
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
    return this.#line.isBusy;
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
  query(statement: Statement, { signal, timeoutMs }: QueryOptions): Promise<QueryResult> {
    return new Promise((resolve, reject) => {
      checkStatement(statement);
      if (this.#settings.readOnly && statement.own === undefined) checkReadOnly(statement.text);
      const messages = statementMessages(statement);
      this.#line.enter({ statement, messages, signal, timeoutMs, resolve, reject });
    });
  }

  /** @throws CONNECTION_LOST, also when the answer is late, or the reason of the signal; the session is given up then */
  ping({ signal, timeoutMs }: QueryOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      const answered = () => resolve();
      this.#line.enter({
        statement: null,
        messages: emptyQuery,
        signal,
        timeoutMs,
        resolve: answered,
        reject,
      });
    });
  }

  cancelRunning(): Promise<void> {
    return this.#line.stop();
  }

  close(): Promise<void> {
    this.#goodbye ??= this.#sayGoodbye();
    return this.#goodbye;
  }

  destroy(): void {
    if (this.#state === 'open') this.#state = 'closing';
    this.#drop();
  }

  #makeLine(): StatementLine {
    const session = {
      stream: this.#wire.stream,
      answers: this.#session.answers,
      memory: this.#settings.memory,
      isUsable: () => this.isUsable,
      failure: () => this.#failure,
      cancel: (signal: AbortSignal) => this.#cancel(signal),
      giveUp: (reason: WireFailure | null) => (reason === null ? this.destroy() : this.#fail(reason)),
    };
    return new StatementLine(session, this.#settings, this.#clock);
  }

  #cancel(signal: AbortSignal): Promise<void> {
    const { key } = this.#session;
    if (key === null) {
      return Promise.reject(new WireFailure('protocol', 'The server provided no cancel key'));
    }
    const { target } = this.#settings;
    return requestCancel(target, this.#wire.address, key, this.#clock, cancelPatienceMs, signal);
  }

  /** Notes why the session ends, unless we end it ourselves, and drops the socket. */
  #fail(error: unknown): void {
    if (this.#state === 'open') this.#failure ??= this.#line.complaint ?? error;
    this.#drop();
  }

  #drop(): void {
    this.#wire.stream.destroy();
    this.#line.release();
  }

  async #sayGoodbye(): Promise<void> {
    if (this.#state === 'ended') return;
    const ended = new Promise<void>((resolve) => this.#session.connection.once('end', resolve));
    this.#state = 'closing';
    const patience = this.#clock.after(closePatienceMs, () => this.#drop());
    if (this.isBusy) this.#drop();
    else this.#session.connection.end();
    await ended;
    patience.cancel();
  }

  #ended(): void {
    if (this.#state === 'ended') return;
    if (this.#state === 'open' && this.#failure === null) {
      this.#fail(new WireFailure('closed', 'The server closed the connection without an error message.'));
    }
    this.#state = 'ended';
    this.#line.end();
    this.#closed.emit(this.#closeReason());
  }

  #closeReason(): AppError | null {
    return this.#failure === null ? null : lostSessionError(this.#failure, 'ended');
  }
}
