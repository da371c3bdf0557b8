import type { TlsState } from '../../../shared/model/testReport.ts';
import type { AppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import { type Disposable, Emitter } from '../../base/Emitter.ts';
import type { QueryOptions, QueryResult, SqlConnection, Statement } from '../Connection.ts';
import { WireFailure } from '../network/failures/WireFailure.ts';
import type { AnswerMemory } from '../network/limits/AnswerMemory.ts';
import { cancelPatienceMs } from '../network/limits/StatementCancel.ts';
import type { StatementStream } from '../RowStream.ts';
import { runCatalogueStatement, unlessRefused } from './catalogue/askCatalogue.ts';
import { lostSessionError } from './errors/lostSessionError.ts';
import { checkStatement } from './errors/statementErrors.ts';
import type { Session } from './login/startSession.ts';
import { type Answer, CollectedAnswer } from './statements/Answer.ts';
import { checkReadOnly } from './statements/readOnlySql.ts';
import { type LineSettings, StatementLine } from './statements/StatementLine.ts';
import { StreamedAnswer } from './statements/StreamedAnswer.ts';
import { emptyQuery, statementMessages } from './statements/statementMessages.ts';
import { TypeNames } from './statements/TypeNames.ts';
import { requestCancel } from './wire/cancelRequest.ts';
import type { Wire, WireTarget } from './wire/openWire.ts';

/** How long a goodbye may take. */
const closePatienceMs = 1_000;

/** What a connection needs to know about its data source after it is open. */
export interface ConnectionSettings extends LineSettings {
  readonly target: WireTarget;
  /** The process's memory for answers. */
  readonly memory: AnswerMemory;
}

/** One session of a PostgreSQL server. */
export class PostgresConnection implements SqlConnection {
  readonly backendId: number | null;
  readonly tls: TlsState;
  readonly #session: Session;
  readonly #wire: Wire;
  readonly #settings: ConnectionSettings;
  readonly #clock: Clock;
  readonly #line: StatementLine;
  readonly #types = new TypeNames();
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
  query(statement: Statement, options: QueryOptions): Promise<QueryResult> {
    return new Promise((resolve, reject) => {
      this.#enter(statement, options, new CollectedAnswer(this.#settings.memory, resolve, reject));
    });
  }

  /**
   * The time limits are those of a query, and hold until the last row was read. Inside an open transaction a stream that is
   * closed early is a statement that failed: the server takes nothing but the end of the transaction then.
   * @throws as `query`, but for TOO_LARGE; once rows flow, their stream ends with the error
   */
  async run(statement: Statement, options: QueryOptions): Promise<StatementStream> {
    await this.#types.load((question) => this.#askForTypes(question, options), options);
    return new Promise((resolve, reject) => {
      let running: Disposable | null = null;
      const session = {
        pause: () => this.#session.connection.pause(),
        resume: () => this.#session.connection.resume(),
        cancel: () => running?.dispose(),
        nameOfType: (typeId: number) => this.#types.nameOf(typeId),
      };
      running = this.#enter(statement, options, new StreamedAnswer(session, resolve, reject));
    });
  }

  /** @throws CONNECTION_LOST, also when the answer is late, or the reason of the signal; the session is given up then */
  ping({ signal, timeoutMs }: QueryOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      const answer = new CollectedAnswer(this.#settings.memory, () => resolve(), reject);
      this.#line.enter({ statement: null, messages: emptyQuery, signal, timeoutMs, answer });
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

  /** @throws what is wrong with the statement itself */
  #enter(statement: Statement, { signal, timeoutMs }: QueryOptions, answer: Answer): Disposable {
    checkStatement(statement);
    if (this.#settings.readOnly && statement.own === undefined) checkReadOnly(statement.text);
    const messages = statementMessages(statement);
    return this.#line.enter({ statement, messages, signal, timeoutMs, answer });
  }

  #askForTypes(statement: Statement, options: QueryOptions): Promise<QueryResult | null> {
    return unlessRefused(this, options, () => runCatalogueStatement(this, statement, options));
  }

  #makeLine(): StatementLine {
    const session = {
      stream: this.#wire.stream,
      answers: this.#session.answers,
      resume: () => this.#session.connection.resume(),
      isUsable: () => this.isUsable,
      failure: () => this.#failure,
      cancel: (signal: AbortSignal) => this.#cancel(signal),
      giveUp: (reason: Error | null) => (reason === null ? this.destroy() : this.#fail(reason)),
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
