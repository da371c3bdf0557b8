import type { Notice, Notification } from '../../shared/model/query.ts';
import type { TlsState } from '../../shared/model/testReport.ts';
import type { LexicalModes } from '../../shared/sql/SqlLanguage.ts';
import type { AppError } from '../base/AppError.ts';
import type { Disposable } from '../base/Emitter.ts';
import type { StatementPurpose } from '../base/statementKinds.ts';
import type { TraceMark } from '../observability/Instrumentation.ts';
import type { Row, StatementStream } from './RowStream.ts';

/**
 * Marks one of Mooring's own statements. It runs in a read-only transaction that is rolled back, with the settings that
 * Mooring depends on, whatever the session has; inside an open transaction, in a part of it that is undone.
 */
export interface OwnRead {
  /** Names and definitions; or the rows of people's relations, whose functions may need the role's own search path. */
  readonly reads: 'catalogue' | 'rows';
  /** `begin`: its transaction stays open. `continue`: it runs in that one, or ends it. Default: a transaction of its own. */
  readonly transaction?: 'begin' | 'continue';
}

/** A statement with its parameters; values are never spliced into the SQL by hand. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly (string | number | boolean | null)[];
  /** Set on Mooring's own statements, never on those of a person. */
  readonly own?: OwnRead;
  /** How the session reads it, where whoever runs it has asked; for those who read along. */
  readonly modes?: LexicalModes;
  /** What its server is told of its trace, as far as the engine can: on statements of a person. */
  readonly traceMark?: TraceMark;
}

/** Rows as arrays of the server's own text: no column name can be `__proto__`. */
export interface QueryResult {
  readonly fields: readonly { readonly name: string; readonly typeId: number }[];
  readonly rows: readonly Row[];
  readonly rowCount: number | null;
}

export interface QueryOptions {
  /** Cancels on the server; the connection stays usable when the server obeys. */
  readonly signal: AbortSignal;
  /** Guard on our side; default: the data source's query time-out plus 5 s. When even a cancel is not answered the socket is destroyed. */
  readonly timeoutMs?: number;
  /** What the metrics count it as; default `user`. A `part` is counted by whoever runs the whole it belongs to. */
  readonly purpose?: StatementPurpose | 'part';
}

/** How a server is examined. */
export interface ExamineOptions extends QueryOptions {
  /** Where the server says that it was reached, once that is known: elsewhere than where the session went, or there. */
  readonly servedAt?: ServedAt;
}

/** Null: over a socket of its own computer. */
export interface ServedAt {
  readonly address: string | null;
  readonly port: number | null;
}

/** Bytes for a COPY … FROM STDIN, or for LOAD DATA LOCAL INFILE; null at the end. */
export type CopySource = () => Promise<Buffer | null>;

/** What a statement of a person may need besides its text. */
export interface RunOptions extends QueryOptions {
  /**
   * The server's limit for this statement in place of the data source's, in milliseconds.
   */
  readonly limitMs?: number;
  /**
   * Rows that the reader takes at most. The stream may end after so many, as if there were no more: where leaving it early
   * would undo what the statement did, or fail an open transaction, the server then stops without either.
   */
  readonly maxRows?: number;
  /** Notices as they come, in order, before the rows or the end that they precede. */
  readonly onNotice?: (notice: Notice) => void;
  /** What a COPY FROM STDIN is fed from; without it the COPY is refused. */
  readonly copyFrom?: CopySource;
  /**
   * Takes what a COPY TO STDOUT sends; the server waits until it has resolved. Without it the COPY is refused.
   */
  readonly copyTo?: (bytes: Buffer) => Promise<void>;
}

/** One open session of a server, as the pool keeps it. All methods reject with an AppError. */
export interface Connection {
  /** The server's id of the session, for people who look at the server. */
  readonly backendId: number | null;
  /** How the wire is protected, as the handshake left it. */
  readonly tls: TlsState;
  /** Which server was reached, such as `db.example.com:5432`; absent where there is only one. */
  readonly reached?: string | undefined;
  /** False from the moment the session is known to be dead; never becomes true again. */
  readonly isUsable: boolean;
  /** Whether it holds state that must not go back to a pool, such as an open transaction (also a failed one). */
  readonly isInTransaction: boolean;
  /** The transaction failed: nothing but its end is accepted. */
  readonly isTransactionFailed: boolean;
  /** Whether something is on its way: it must not go back to a pool like this. */
  readonly isBusy: boolean;
  /** Called once when the session ends, with the reason, or null when we closed it ourselves. */
  onClosed(listener: (reason: AppError | null) => void): Disposable;
  /** Cheap round trip, counted as `health`. */
  ping(options: QueryOptions): Promise<void>;
  /**
   * Asks the server to cancel what is on its way, if anything is, and refuses what waits for its turn; resolves when
   * nothing runs any more or the session is gone, and lets nothing in until then. Never rejects.
   */
  cancelRunning(): Promise<void>;
  /** Says goodbye to the server; destroys the socket when that takes longer than a second. Never rejects. */
  close(): Promise<void>;
  /** Drops the socket now. */
  destroy(): void;
}

/** A pooler between this computer and the server. */
export interface SessionPooler {
  /** `PgBouncer`; null: it does not say. */
  readonly name: string | null;
  /** Its own, where it says so. */
  readonly version?: string;
  /** For how long it lends a session of the server, as far as that shows. */
  readonly lends: 'session' | 'transaction' | 'unknown';
}

/** What is at the other end of a session, as far as its log-in says so. */
export interface SessionServer {
  /** How the server is built, by a name of its engine's; only its connector asks. */
  readonly build: string;
  /** The version with which the other end began; null where an engine's does not begin with one. */
  readonly greeting: string | null;
  /** Null: none that shows. */
  readonly pooler: SessionPooler | null;
  /** Whether it was given the time limits of the data source. Mooring keeps them in any case. */
  readonly keepsTimeLimits: boolean;
}

/** A session that understands SQL. One statement at a time; a second one while one runs waits its turn. */
export interface SqlConnection extends Connection {
  readonly server: SessionServer;
  /**
   * Finds out what the log-in did not say about the server, where it makes a difference: once for all sessions of it, and
   * not inside of a transaction. Never rejects.
   */
  examineServer(options: ExamineOptions): Promise<void>;
  /**
   * Runs a statement and streams what it returns. The line is free again when the stream has ended or was closed.
   * @throws QUERY_FAILED and the like; with the `position` that the server names
   */
  run(statement: Statement, options: RunOptions): Promise<StatementStream>;
  /** Runs a statement whose whole answer is small, such as one on the catalogue. @throws TOO_LARGE */
  query(statement: Statement, options: QueryOptions): Promise<QueryResult>;
  /** How a statement of a person would be read now. Asks the server only when one may have changed that. @throws as `query` */
  lexicalModes(options: QueryOptions): Promise<LexicalModes>;
  /** Notices and notifications that come while no statement of a person runs. */
  onMessage(listener: (message: SessionMessage) => void): Disposable;
}

export type SessionMessage =
  | { readonly type: 'notice'; readonly notice: Notice }
  | { readonly type: 'notification'; readonly notification: Notification };
