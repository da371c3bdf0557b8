import { modesOf } from '../../../shared/engines/mysql/sql/sqlMode.ts';
import type { TlsState } from '../../../shared/model/testReport.ts';
import type { LexicalModes } from '../../../shared/sql/SqlLanguage.ts';
import type { AppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Disposable } from '../../base/Emitter.ts';
import type {
  QueryOptions,
  QueryResult,
  RunOptions,
  SessionServer,
  SqlConnection,
  Statement,
} from '../Connection.ts';
import type { AnswerMemory } from '../network/limits/AnswerMemory.ts';
import type { StatementStream } from '../RowStream.ts';
import { SessionLife } from '../sql/SessionLife.ts';
import { lostSessionError } from './errors/lostSessionError.ts';
import { checkLength } from './errors/statementErrors.ts';
import { askPersonalSqlMode } from './sessionSettings.ts';
import type { Session } from './startSession.ts';
import { bindValues } from './statements/bindValues.ts';
import { MysqlLine, type MysqlLineSession, type MysqlLineSettings } from './statements/MysqlLine.ts';
import { MysqlResultStream } from './statements/MysqlResultStream.ts';
import { markOf } from './statements/markedText.ts';
import type { RunningStatement } from './statements/RunningStatement.ts';
import { checkReadOnly, checkReads } from './statements/readOnlySql.ts';

/** What a connection is made of. */
export interface ConnectionParts {
  readonly session: Session;
  /** The server's id of the session. */
  readonly sessionId: number;
  readonly tls: TlsState;
  /** Which server was reached, in a few words. */
  readonly reached: string;
  readonly server: SessionServer;
  readonly settings: MysqlLineSettings;
  /** The longest statement that the server takes; null when it does not say. */
  readonly statementLimitBytes: () => number | null;
  /** The sql_mode with which people's statements begin; null as long as the server has not said it. */
  readonly firstSqlMode: () => string | null;
  /** The process's memory for answers. */
  readonly memory: AnswerMemory;
  /** Asks the server over another connection to stop what this session runs, until it has ended. */
  readonly killQuery: MysqlLineSession['cancel'];
}

const everyReading = [
  modesOf(''),
  modesOf('ANSI_QUOTES'),
  modesOf('NO_BACKSLASH_ESCAPES'),
  modesOf('ANSI_QUOTES,NO_BACKSLASH_ESCAPES'),
] as const;
/** By its name, or in a text that is put together at run time. */
const maySetSqlMode = /sql_mode|\bexecute\b/i;

/** One session of a MySQL or MariaDB server. */
export class MysqlConnection implements SqlConnection {
  readonly backendId: number;
  readonly tls: TlsState;
  readonly reached: string;
  readonly #parts: ConnectionParts;
  readonly #life: SessionLife;
  readonly #line: MysqlLine;
  /** Of people's statements, as the server said it; null when one of them may have changed it since. */
  #sqlMode: string | null = null;
  #isFirstSqlMode = true;

  constructor(parts: ConnectionParts, clock: Clock) {
    const { connection } = parts.session;
    const explain = (reason: unknown) => lostSessionError(reason, 'ended');
    this.#parts = parts;
    this.backendId = parts.sessionId;
    this.tls = parts.tls;
    this.reached = parts.reached;
    this.#life = new SessionLife(connection, () => this.#line, explain, clock);
    this.#line = this.#makeLine(clock);
  }

  get server(): SessionServer {
    return this.#parts.server;
  }

  /** Its log-in says all of it. */
  async examineServer(): Promise<void> {}

  get isUsable(): boolean {
    return this.#life.isUsable;
  }

  get isInTransaction(): boolean {
    return this.#parts.session.answers.isInTransaction;
  }

  /** A failed statement never takes the transaction with it, or ends it. */
  get isTransactionFailed(): boolean {
    return false;
  }

  get isBusy(): boolean {
    return this.#line.isBusy;
  }

  /** On a session that has ended already the listener is called at once. */
  onClosed(listener: (reason: AppError | null) => void): Disposable {
    return this.#life.onClosed(listener);
  }

  /** The protocol has no message that nobody asked for: there is nothing to hear. */
  onMessage(): Disposable {
    return { dispose: () => undefined };
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
  async run(statement: Statement, options: RunOptions): Promise<StatementStream> {
    const running = await this.#enter(statement, 'flow', options);
    const stop = () => this.#line.drain(running);
    return new MysqlResultStream({ answer: running.answer, stop });
  }

  async lexicalModes(options: QueryOptions): Promise<LexicalModes> {
    const known = this.#knownSqlMode();
    if (known !== null) return modesOf(known);
    const own = { reads: 'rows' } as const;
    const { rows } = await this.query({ text: askPersonalSqlMode, own }, options);
    this.#sqlMode = rows[0]?.[0] ?? '';
    return modesOf(this.#sqlMode);
  }

  /** @throws CONNECTION_LOST, also when the answer is late, or the reason of the signal; the session is given up then */
  ping({ signal, timeoutMs }: QueryOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      const answered = () => resolve();
      this.#line.enter({
        statement: null,
        text: '',
        mark: '',
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
    return this.#life.close();
  }

  destroy(): void {
    this.#life.destroy();
  }

  #enter(
    statement: Statement,
    mode: 'gather' | 'flow',
    { signal, timeoutMs, limitMs, onNotice, copyFrom }: RunOptions,
  ): Promise<RunningStatement> {
    return new Promise((resolve, reject) => {
      const isPersonal = statement.own === undefined;
      const readings = isPersonal ? this.#readings() : [modesOf('')];
      const text = bindValues(statement, readings[0].backslashEscapes);
      const mark = markOf(statement, text, readings);
      checkLength(text + mark, this.#parts.statementLimitBytes());
      if (isPersonal && this.#parts.settings.readOnly) {
        const { hasReadOnly } = this.#parts.settings.build;
        for (const modes of readings) {
          checkReadOnly(text, modes);
          if (!hasReadOnly) checkReads(text, modes);
        }
      }
      if (isPersonal) this.#noteSetting(text);
      this.#line.enter({
        statement,
        text,
        mark,
        mode,
        signal,
        resolve,
        reject,
        onNotice,
        copyFrom,
        timeoutMs: limitMs ?? timeoutMs,
        isLimitTotal: limitMs !== undefined,
      });
    });
  }

  #knownSqlMode(): string | null {
    return this.#isFirstSqlMode ? this.#parts.firstSqlMode() : this.#sqlMode;
  }

  /** How the server may read a person's statement: in one way, or while that is not known, in any. */
  #readings(): readonly [LexicalModes, ...LexicalModes[]] {
    const known = this.#knownSqlMode();
    return known === null ? everyReading : [modesOf(known)];
  }

  /** The sql_mode changes by a SET alone; what a routine sets goes with it. */
  #noteSetting(text: string): void {
    if (!maySetSqlMode.test(text)) return;
    this.#isFirstSqlMode = false;
    this.#sqlMode = null;
  }

  #makeLine(clock: Clock): MysqlLine {
    const { session, memory, settings, killQuery } = this.#parts;
    const { connection, answers } = session;
    return new MysqlLine(
      {
        answers,
        memory,
        send: (commands) => connection.send(commands),
        sendPart: (payload, sequence) => connection.sendPart(payload, sequence),
        hold: (isHeld) => (isHeld ? connection.pause() : connection.resume()),
        broken: (reason) => connection.fail(reason),
        isUsable: () => this.isUsable,
        isInTransaction: () => this.isInTransaction,
        failure: () => this.#life.failure,
        cancel: killQuery,
        giveUp: (reason) => this.#life.giveUp(reason),
      },
      settings,
      clock,
    );
  }
}
