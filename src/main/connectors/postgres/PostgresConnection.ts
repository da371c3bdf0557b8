import { placeText } from '../../../shared/engines/hostText.ts';
import { placeOf } from '../../../shared/engines/postgres/hosts.ts';
import type { TlsState } from '../../../shared/model/testReport.ts';
import type { LexicalModes } from '../../../shared/sql/SqlLanguage.ts';
import { type AppError, isAppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Disposable } from '../../base/Emitter.ts';
import type {
  ExamineOptions,
  QueryOptions,
  QueryResult,
  RunOptions,
  SessionMessage,
  SessionServer,
  SqlConnection,
  Statement,
} from '../Connection.ts';
import { WireFailure } from '../network/failures/WireFailure.ts';
import type { AnswerMemory } from '../network/limits/AnswerMemory.ts';
import { cancelPatienceMs } from '../network/limits/StatementCancel.ts';
import type { StatementStream } from '../RowStream.ts';
import { runCatalogueStatement, unlessRefused } from '../sql/askCatalogue.ts';
import { SessionLife } from '../sql/SessionLife.ts';
import { guardMarginMs } from '../sql/StatementLine.ts';
import { lostSessionError } from './errors/lostSessionError.ts';
import { checkStatement } from './errors/statementErrors.ts';
import type { Session } from './login/startSession.ts';
import { type Answer, CollectedAnswer } from './statements/Answer.ts';
import { markedText } from './statements/markedText.ts';
import { PostgresLine, type PostgresLineSettings } from './statements/PostgresLine.ts';
import { isControl, isPlainRead } from './statements/personalStatements.ts';
import { checkReadOnly } from './statements/readOnlySql.ts';
import { StreamedAnswer } from './statements/StreamedAnswer.ts';
import { emptyQuery, simpleQuery, statementMessages } from './statements/statementMessages.ts';
import { TypeNames } from './statements/TypeNames.ts';
import { requestCancel } from './wire/cancelRequest.ts';
import type { Wire, WireTarget } from './wire/openWire.ts';

/** What a connection needs to know about its data source after it is open. */
export interface ConnectionSettings extends PostgresLineSettings {
  /** Which server it is, and how the way to it is protected. */
  readonly target: WireTarget;
  /** The process's memory for answers. */
  readonly memory: AnswerMemory;
  /** What is at the other end, as far as it is known at the moment. */
  readonly server: SessionServer;
  /** See `SqlConnection`. */
  readonly examineServer: (session: PostgresConnection, options: ExamineOptions) => Promise<void>;
}

/**
 * A transaction of Mooring's own could not begin, since something in between has asked before it in the same step: Pgpool-II
 * does so for a relation that it does not know yet. The statement itself was skipped, and the next time it is known.
 */
const isBegunLate = (error: unknown): boolean => isAppError(error) && error.driverCode === '25001';

/** One session of a PostgreSQL server. */
export class PostgresConnection implements SqlConnection {
  readonly backendId: number | null;
  readonly tls: TlsState;
  readonly reached: string;
  readonly server: SessionServer;
  readonly examineServer: (options: ExamineOptions) => Promise<void>;
  readonly #session: Session;
  readonly #wire: Wire;
  readonly #settings: ConnectionSettings;
  readonly #clock: Clock;
  readonly #life: SessionLife;
  readonly #line: PostgresLine;
  readonly #types = new TypeNames();

  constructor(session: Session, wire: Wire, settings: ConnectionSettings, clock: Clock) {
    this.#session = session;
    this.#wire = wire;
    this.#settings = settings;
    this.#clock = clock;
    const explain = (reason: unknown) => lostSessionError(reason, 'ended');
    this.backendId = session.key?.processId ?? null;
    this.tls = wire.tls;
    this.reached = placeText(placeOf(settings.target));
    this.server = settings.server;
    this.examineServer = (options) => settings.examineServer(this, options);
    this.#life = new SessionLife(session.connection, () => this.#line, explain, clock);
    this.#line = this.#makeLine();
  }

  get isUsable(): boolean {
    return this.#life.isUsable;
  }

  get isInTransaction(): boolean {
    return this.#session.answers.isInTransaction;
  }

  get isTransactionFailed(): boolean {
    return this.#session.answers.isTransactionFailed;
  }

  get isBusy(): boolean {
    return this.#line.isBusy;
  }

  /** On a session that has ended already the listener is called at once. */
  onClosed(listener: (reason: AppError | null) => void): Disposable {
    return this.#life.onClosed(listener);
  }

  onMessage(listener: (message: SessionMessage) => void): Disposable {
    return this.#session.answers.onMessage(listener);
  }

  /**
   * @throws QUERY_CANCELLED, QUERY_TIMEOUT, PERMISSION_DENIED, READ_ONLY, QUERY_FAILED, TOO_LARGE, CONNECTION_LOST, or
   * the reason of the signal when it aborts before the statement was sent
   */
  query(statement: Statement, options: QueryOptions): Promise<QueryResult> {
    const answer = this.#collect(statement, options);
    if (statement.own === undefined) return answer;
    return answer.catch((error: unknown) => {
      if (this.isInTransaction || !isBegunLate(error)) throw error;
      return this.#collect(statement, options);
    });
  }

  /**
   * The time limits are those of a query, and hold until the last row was read. Inside an open transaction a stream that is
   * closed early is a statement that failed: the server takes nothing but the end of the transaction then.
   * @throws as `query`, but for TOO_LARGE; once rows flow, their stream ends with the error
   */
  async run(statement: Statement, options: RunOptions): Promise<StatementStream> {
    await this.#types.load((question) => this.#askForTypes(question, options), options);
    return new Promise((resolve, reject) => {
      let running: Disposable | null = null;
      const session = {
        socket: this.#session.connection,
        cancel: () => running?.dispose(),
        typeOf: (typeId: number) => this.#types.typeOf(typeId),
      };
      running = this.#enter(statement, options, new StreamedAnswer(session, resolve, reject));
    });
  }

  /** The server reports each change by itself. */
  async lexicalModes(): Promise<LexicalModes> {
    return { backslashEscapes: this.#session.answers.hasEscapes, quotedNames: true };
  }

  /** @throws CONNECTION_LOST, also when the answer is late, or the reason of the signal; the session is given up then */
  ping({ signal, timeoutMs }: QueryOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      const answer = new CollectedAnswer(this.#settings.memory, () => resolve(), reject);
      this.#line.enter({ statement: null, messages: emptyQuery, signal, timeoutMs, answer });
    });
  }

  /**
   * What a pooler says of itself that listens to simple queries alone. A server refuses it, which ends an open transaction.
   * @throws as `ping`, and what the server refuses it with
   */
  showSimply(setting: 'pool_version', { signal, timeoutMs }: QueryOptions): Promise<QueryResult> {
    return new Promise((resolve, reject) => {
      const answer = new CollectedAnswer(this.#settings.memory, resolve, reject);
      const messages = simpleQuery(`SHOW ${setting}`);
      this.#line.enter({ statement: null, messages, isSimple: true, signal, timeoutMs, answer });
    });
  }

  cancelRunning(): Promise<void> {
    return this.#line.stop();
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  destroy(): void {
    this.#life.destroy();
  }

  #collect(statement: Statement, options: QueryOptions): Promise<QueryResult> {
    return new Promise((resolve, reject) => {
      this.#enter(statement, options, new CollectedAnswer(this.#settings.memory, resolve, reject));
    });
  }

  /** @throws what is wrong with the statement itself */
  #enter(statement: Statement, options: RunOptions, answer: Answer): Disposable {
    const { signal, onNotice, copyFrom, copyTo } = options;
    checkStatement(statement);
    if (this.#settings.readOnly && statement.own === undefined) {
      checkReadOnly(statement.text, this.#session.answers.hasEscapes);
    }
    const text = markedText(statement, this.#session.answers.hasEscapes);
    const messages = statementMessages(text, statement.values);
    const { timeoutMs, serverLimitMs, maxRows, applicationName } = this.#limitsOf(statement, options);
    // Name by name: to spread objects takes microseconds, and every statement comes through here.
    return this.#line.enter({
      statement,
      messages,
      signal,
      answer,
      onNotice,
      copyFrom,
      copyTo,
      timeoutMs,
      serverLimitMs,
      maxRows,
      applicationName,
    });
  }

  /**
   * A time limit below the server's needs no word to the server: ours cancels the statement. Rows that are not wanted are
   * not asked for where a cancel would undo what the statement or its transaction did.
   */
  #limitsOf({ text, own, traceMark }: Statement, { limitMs, timeoutMs, maxRows }: RunOptions) {
    const { queryMs, serverKeepsLimits } = this.#settings;
    const isRaised = limitMs !== undefined && serverKeepsLimits && limitMs > queryMs;
    const isOwnAlone = () => own !== undefined && own.transaction === undefined && !this.isInTransaction;
    const isPersonal = () => own === undefined && !this.isTransactionFailed && !isControl(text);
    const isSent = isRaised && (isOwnAlone() || isPersonal());
    const isNamed = traceMark?.inApplicationName === true && isPersonal();
    const isCut = maxRows !== undefined && (this.isInTransaction || !isPlainRead(text));
    return {
      timeoutMs: limitMs === undefined ? timeoutMs : limitMs + (isRaised ? guardMarginMs : 0),
      serverLimitMs: isSent ? limitMs : null,
      maxRows: isCut ? maxRows : null,
      applicationName: isNamed ? `Mooring ${traceMark.traceparent}` : null,
    };
  }

  #askForTypes(statement: Statement, options: QueryOptions): Promise<QueryResult | null> {
    return unlessRefused(this, options, () => runCatalogueStatement(this, statement, options));
  }

  #makeLine(): PostgresLine {
    const session = {
      socket: this.#session.connection,
      answers: this.#session.answers,
      isUsable: () => this.isUsable,
      isInTransaction: () => this.isInTransaction,
      failure: () => this.#life.failure,
      cancel: (signal: AbortSignal) => this.#cancel(signal),
      giveUp: (reason: Error | null) => this.#life.giveUp(reason),
    };
    return new PostgresLine(session, this.#settings, this.#clock);
  }

  #cancel(signal: AbortSignal): Promise<void> {
    const { key } = this.#session;
    if (key === null) {
      return Promise.reject(new WireFailure('protocol', 'The server provided no cancel key'));
    }
    return requestCancel(this.#wire.reopen, key, this.#clock, cancelPatienceMs, signal);
  }
}
