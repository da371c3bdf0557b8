import type { TlsState } from '../../../shared/model/testReport.ts';
import type { AppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import { type Disposable, Emitter } from '../../base/Emitter.ts';
import type { QueryOptions, QueryResult, SqlConnection, Statement } from '../Connection.ts';
import { WireFailure } from '../network/failures/WireFailure.ts';
import type { AnswerMemory } from '../network/limits/AnswerMemory.ts';
import type { StatementStream } from '../RowStream.ts';
import { lostSessionError } from './errors/lostSessionError.ts';
import { checkLength } from './errors/statementErrors.ts';
import { sessionStatus } from './protocol/capabilities.ts';
import type { Session } from './startSession.ts';
import { bindValues } from './statements/bindValues.ts';
import { MysqlResultStream } from './statements/MysqlResultStream.ts';
import type { RunningStatement } from './statements/RunningStatement.ts';
import { checkReadOnly } from './statements/readOnlySql.ts';
import { type LineSession, type LineSettings, StatementLine } from './statements/StatementLine.ts';

/** How long a goodbye may take. */
const closePatienceMs = 1_000;

/** What a connection is made of. */
export interface ConnectionParts {
  readonly session: Session;
  /** The server's id of the session. */
  readonly sessionId: number;
  readonly tls: TlsState;
  readonly settings: LineSettings;
  /** The longest statement that the server takes; null when it does not say. */
  readonly statementLimitBytes: () => number | null;
  /** The process's memory for answers. */
  readonly memory: AnswerMemory;
  /** Asks the server over another connection to stop what this session runs, until it has ended. */
  readonly killQuery: LineSession['cancel'];
}

/** One session of a MySQL or MariaDB server. */
export class MysqlConnection implements SqlConnection {
  readonly backendId: number;
  readonly tls: TlsState;
  readonly #parts: ConnectionParts;
  readonly #clock: Clock;
  readonly #line: StatementLine;
  readonly #closed = new Emitter<AppError | null>();
  #state: 'open' | 'closing' | 'ended' = 'open';
  /** The first thing that went wrong with the session. */
  #failure: unknown;
  #goodbye: Promise<void> | null = null;

  constructor(parts: ConnectionParts, clock: Clock) {
    const { connection } = parts.session;
    this.#parts = parts;
    this.#clock = clock;
    this.#failure = connection.failure;
    this.#line = this.#makeLine();
    this.backendId = parts.sessionId;
    this.tls = parts.tls;
    connection.on('error', (error) => this.#fail(error));
    connection.once('end', () => this.#ended());
    if (connection.stream.closed) queueMicrotask(() => this.#ended());
  }

  get isUsable(): boolean {
    const { stream } = this.#parts.session.connection;
    return this.#state === 'open' && this.#failure === null && !stream.destroyed;
  }

  get isInTransaction(): boolean {
    return this.#parts.session.answers.isInTransaction;
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
   * The whole answer, for small ones; of several results the first one.
   * @throws QUERY_CANCELLED, QUERY_TIMEOUT, PERMISSION_DENIED, READ_ONLY, QUERY_FAILED, TOO_LARGE, CONNECTION_LOST, or
   * the reason of the signal when it aborts before the statement was sent
   */
  async query(statement: Statement, options: QueryOptions): Promise<QueryResult> {
    const { answer } = await this.#enter(statement, 'gather', options);
    const [first] = answer.results;
    if (first === undefined) return { fields: [], rows: [], rowCount: null };
    const fields = first.columns.map(({ name, type }) => ({ name, typeId: type }));
    const rowCount = fields.length > 0 ? first.rows.length : (first.completion?.affectedRowCount ?? null);
    return { fields, rows: first.rows, rowCount };
  }

  /**
   * Rows as they arrive. The session is busy until the last one has, or the stream is closed.
   * @throws as `query`
   */
  async run(statement: Statement, options: QueryOptions): Promise<StatementStream> {
    const running = await this.#enter(statement, 'flow', options);
    const stop = () => this.#line.drain(running);
    return new MysqlResultStream({ answer: running.answer, stop });
  }

  /** @throws CONNECTION_LOST, also when the answer is late, or the reason of the signal; the session is given up then */
  ping({ signal, timeoutMs }: QueryOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      const answered = () => resolve();
      this.#line.enter({
        statement: null,
        text: '',
        mode: 'gather',
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

  #enter(
    statement: Statement,
    mode: 'gather' | 'flow',
    { signal, timeoutMs }: QueryOptions,
  ): Promise<RunningStatement> {
    return new Promise((resolve, reject) => {
      const { answers } = this.#parts.session;
      const hasEscapes = (answers.status & sessionStatus.noBackslashEscapes) === 0;
      const text = bindValues(statement, hasEscapes);
      checkLength(text, this.#parts.statementLimitBytes());
      if (this.#parts.settings.readOnly && statement.own === undefined) checkReadOnly(text, hasEscapes);
      this.#line.enter({ statement, text, mode, signal, timeoutMs, resolve, reject });
    });
  }

  #makeLine(): StatementLine {
    const { session, memory, settings, killQuery } = this.#parts;
    const { connection, answers } = session;
    return new StatementLine(
      {
        answers,
        memory,
        send: (commands) => connection.send(commands),
        hold: (isHeld) => connection.holdForConsumer(isHeld),
        isUsable: () => this.isUsable,
        failure: () => this.#failure,
        cancel: killQuery,
        giveUp: (reason) => (reason === null ? this.destroy() : this.#fail(reason)),
      },
      settings,
      this.#clock,
    );
  }

  /** Notes why the session ends, unless we end it ourselves, and drops the socket. */
  #fail(error: unknown): void {
    if (this.#state === 'open') this.#failure ??= this.#line.complaint ?? error;
    this.#drop();
  }

  #drop(): void {
    this.#parts.session.connection.stream.destroy();
    this.#line.release();
  }

  async #sayGoodbye(): Promise<void> {
    if (this.#state === 'ended') return;
    const { connection } = this.#parts.session;
    const ended = new Promise<void>((resolve) => connection.once('end', resolve));
    this.#state = 'closing';
    const patience = this.#clock.after(closePatienceMs, () => this.#drop());
    if (this.isBusy) this.#drop();
    else connection.end();
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
