import type { DataSourceFields, DataSourceKind } from '../../shared/model/dataSource.ts';
import type {
  RelationDetail,
  RelationName,
  RelationRef,
  RowCount,
  SchemaName,
} from '../../shared/model/schemaTree.ts';
import type { SchemaPreview, ServerInfo, Stage, TlsState } from '../../shared/model/testReport.ts';
import type { AppError } from '../base/AppError.ts';
import type { Disposable } from '../base/Emitter.ts';
import type { StatementPurpose } from '../base/statementKinds.ts';
import type { LoginMemory } from './LoginMethod.ts';

/** Where and how to connect. The password is handed over separately, as late as possible. */
export interface ConnectTarget {
  readonly fields: DataSourceFields;
  /** Fetched at the moment the server asks for it, never kept. Null when there is none. */
  readonly password: () => Promise<string | null>;
  /** Shown by the server in pg_stat_activity. */
  readonly applicationName: string;
  /** Earlier log-ins to this endpoint. Without it nothing is known, and nothing is remembered. */
  readonly logins?: LoginMemory;
}

export interface ConnectOptions {
  /** Closes the socket at once, at any stage. Also carries the caller's connect deadline. */
  readonly signal: AbortSignal;
  /** Told when a stage begins (`running`) and when it ends. */
  readonly onStage?: (stage: Stage) => void;
}

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

/** A statement with its parameters; values go over the wire as text and are never spliced into the SQL. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly (string | number | boolean | null)[];
  /** Set on Mooring's own statements, never on those of a person. */
  readonly own?: OwnRead;
}

/** Rows as arrays of the server's own text (null is SQL NULL): no precision is lost, no column name can be `__proto__`. */
export interface QueryResult {
  readonly fields: readonly { readonly name: string; readonly typeId: number }[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly rowCount: number | null;
}

export interface QueryOptions {
  /** Cancels on the server through the protocol's cancel request; the connection stays usable when the server obeys. */
  readonly signal: AbortSignal;
  /** Guard on our side; default: the data source's query time-out plus 5 s. When even a cancel is not answered the socket is destroyed. */
  readonly timeoutMs?: number;
  /** What the metrics count it as; default `user`. A `part` is counted by whoever runs the whole it belongs to. */
  readonly purpose?: StatementPurpose | 'part';
}

/** One open session. All methods reject with an AppError. */
export interface Connection {
  /** The server's id of the session (PostgreSQL: backend pid), for people who look at the server. */
  readonly backendId: number | null;
  /** How the wire is protected, as the handshake left it. */
  readonly tls: TlsState;
  /** False from the moment the session is known to be dead; never becomes true again. */
  readonly isUsable: boolean;
  /** Whether a transaction is open on it (also a failed one): it must not go back to a pool like this. */
  readonly isInTransaction: boolean;
  /** Whether a statement is on its way: it must not go back to a pool like this. */
  readonly isBusy: boolean;
  /** Called once when the session ends, with the reason, or null when we closed it ourselves. */
  onClosed(listener: (reason: AppError | null) => void): Disposable;
  /** One statement at a time; a second one while one runs waits its turn. */
  query(statement: Statement, options: QueryOptions): Promise<QueryResult>;
  /** Cheap round trip, counted as `health`. */
  ping(options: QueryOptions): Promise<void>;
  /**
   * Asks the server to cancel the statement on its way, if there is one, and refuses those that wait for their turn;
   * resolves when nothing runs any more or the session is gone, and lets no statement in until then. Never rejects.
   */
  cancelRunning(): Promise<void>;
  /** Says goodbye to the server; destroys the socket when that takes longer than a second. Never rejects. */
  close(): Promise<void>;
  /** Drops the socket now. */
  destroy(): void;
}

/** Reads a relation in batches through a cursor on the server. Its statements are parts of one query. */
export interface RowReader {
  readonly fields: readonly { readonly name: string; readonly type: string }[];
  /** The next batch; empty when there are no more. */
  next(maxRows: number, options: QueryOptions): Promise<readonly (readonly (string | null)[])[]>;
  /** Ends the cursor and its transaction; after a failure the connection may be unusable, never half way. Never rejects. */
  close(): Promise<void>;
}

/** Reads the names of all relations of a database in batches. */
export interface NameReader {
  /** All schemas, those of people first. */
  readonly schemas: readonly SchemaName[];
  /** The next batch, in no particular order; empty when there are no more. */
  next(options: QueryOptions): Promise<readonly RelationName[]>;
  /** Ends the reading; after a failure the connection may be unusable, never half way. Never rejects. */
  close(): Promise<void>;
}

/** What a connection test shows of a server. */
export interface ServerOverview {
  readonly server: ServerInfo;
  /** Null when the server refused to list its tables. */
  readonly preview: SchemaPreview | null;
}

/** What an engine tells about itself and its schema, over one connection. */
export interface Describer {
  /** What the server refuses to say is null; only a lost connection, a time-out or a cancel makes it reject. */
  serverInfo(connection: Connection, options: QueryOptions): Promise<ServerInfo>;
  /** As `serverInfo`, with where the tables are, in as few round trips as there can be. */
  overview(connection: Connection, options: QueryOptions): Promise<ServerOverview>;
  readNames(connection: Connection, options: QueryOptions): Promise<NameReader>;
  /** @throws NOT_FOUND when there is no such relation. */
  describeRelation(
    connection: Connection,
    relation: RelationRef,
    options: QueryOptions,
  ): Promise<RelationDetail>;
  countRows(connection: Connection, relation: RelationRef, options: QueryOptions): Promise<RowCount>;
  readRows(
    connection: Connection,
    relation: RelationRef,
    limit: number,
    options: QueryOptions,
  ): Promise<RowReader>;
}

/** Knows one engine kind. Stateless; made by the ConnectionFactory. */
export interface Connector {
  readonly kind: DataSourceKind;
  readonly describer: Describer;
  /**
   * Opens a session: DNS, TCP, TLS, authentication and database, each told through `onStage`.
   * @throws AppError with causes and fixes for that very failure; nothing is left open.
   */
  connect(target: ConnectTarget, options: ConnectOptions): Promise<Connection>;
}
