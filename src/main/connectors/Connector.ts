import type { Endpoint } from '../../shared/engines/Engine.ts';
import type { EngineConfigs, EngineKind, EngineSettings } from '../../shared/engines/settings.ts';
import type { ConnectionProfile } from '../../shared/model/connectionProfile.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { TimeoutSettings } from '../../shared/model/poolSettings.ts';
import type { Stage } from '../../shared/model/testReport.ts';
import type { StatementPurpose } from '../base/statementKinds.ts';
import type { Catalogue, RowReader } from './Catalogue.ts';
import type { CatalogueSearch } from './CatalogueSearch.ts';
import type { Connection, QueryOptions } from './Connection.ts';
import type { Dialect } from './Dialect.ts';
import type { LoginMemory } from './LoginMemory.ts';
import type { AskPerson } from './network/ssh/SshContext.ts';
import type { HostKeyChanged } from './network/ssh/sshErrors.ts';
import type { RequestTools } from './RequestTools.ts';
import type { ServerActivity } from './ServerActivity.ts';
import type { ServerCatalogue } from './ServerCatalogue.ts';
import type { ColumnTypes, TableWriter } from './TableWriter.ts';

/** Who asks for a secret, and how long: what is worked out for it, by a command for example, ends with the signal. */
export interface AskingServer {
  /** Of several hosts the one that asks. */
  readonly place: Endpoint['place'];
  readonly signal: AbortSignal;
}

/** Where and how to connect. Secrets are handed over separately, as late as possible. */
export interface ConnectTarget {
  readonly engine: EngineSettings;
  readonly readOnly: boolean;
  readonly timeouts: TimeoutSettings;
  /** The value of a secret field, fetched at the moment the server asks for it, never kept. Null when there is none. */
  readonly secret: (field: string, asking?: AskingServer) => Promise<string | null>;
  /**
   * Keeps another value of a secret that a server has just replaced, such as a refresh token that is good for one use.
   * Absent for a draft.
   */
  readonly replaceSecret?: (field: string, value: string) => Promise<void>;
  /** Shown by servers that list their sessions. */
  readonly applicationName: string;
  /**
   * Whether rows are to be loaded in bulk. The server may then ask for data in the middle of a statement, and gets what the
   * caller of that statement gives, never a file.
   */
  readonly loadsRows?: boolean;
  /** Reads the keys of SSH servers that people have accepted in Mooring, as lines of known_hosts. Absent: none. */
  readonly acceptedHostKeys?: () => Promise<string>;
  /** Hears of an SSH server that shows another key than before. Absent: nobody is there to compare them. */
  readonly hostKeyChanged?: (change: HostKeyChanged) => void;
  /** Asks the person at the computer what an SSH server wants to know. Absent: nobody is there. */
  readonly askPerson?: AskPerson;
  /** Earlier log-ins to this endpoint. Without it nothing is known, and nothing is remembered. */
  readonly logins?: LoginMemory;
}

export interface ConnectOptions {
  /** Closes the socket at once, at any stage. Also carries the caller's connect deadline. */
  readonly signal: AbortSignal;
  /** Called when a stage begins (`running`) and when it ends. */
  readonly onStage?: (stage: Stage) => void;
  /** For whom it is measured; absent for a draft. */
  readonly sourceId?: DataSourceId;
  /** Who measures the requests of an engine that sends no statements; absent for a draft. */
  readonly requests?: RequestMeter;
}

/** Hears of each request of an engine that sends no statements, as others hear of statements. */
export interface RequestMeter {
  begin(purpose: StatementPurpose): MeasuredRequest;
  /** A request waited so long for the server's limit, our own or before it was sent again, in milliseconds. */
  waited(waitMs: number): void;
  /**
   * So many requests the server still allows in this period, as it said.
   * @param resetMs milliseconds from now to the next period; null when the server does not say
   */
  remaining(count: number, resetMs: number | null): void;
}

/** A request that is on its way. It ends once. */
export interface MeasuredRequest {
  /** Records that came. */
  rowCount: number;
  /** The status of HTTP; not told of one that was never answered. */
  answered(status: number): void;
  succeeded(durationMs: number): void;
  failed(durationMs: number, error: unknown): void;
}

/** What databases a server has, for a person who named one that it does not have. */
export interface DatabaseList<Kind extends EngineKind = EngineKind> {
  /** The same server and user, where one can log in without that database; the most probable one first. */
  elsewhere(config: EngineConfigs[Kind]): readonly EngineConfigs[Kind][];
  /** The names of those that the user may open, bounded. */
  names(connection: Connection, options: QueryOptions): Promise<readonly string[]>;
}

/** Knows one engine. Stateless but for budgets of the process; looked up in the ConnectionFactory. */
export interface Connector<Kind extends EngineKind = EngineKind> {
  /** The stages of a connect, in order, as `onStage` names them. */
  readonly stages: readonly string[];
  readonly catalogue: Catalogue;
  readonly search: CatalogueSearch;
  readonly rows: RowReader;
  /** Null for an engine that speaks no SQL. */
  readonly dialect: Dialect | null;
  /** Null for an engine that shows nobody what its sessions do. */
  readonly activity: ServerActivity | null;
  /** Null for an engine whose server has nothing beside what its catalogue names. */
  readonly server: ServerCatalogue | null;
  /** What its columns hold. */
  readonly types: ColumnTypes;
  /** Null for an engine to whose relations nothing is written. */
  readonly writer: TableWriter | null;
  /** Null for an engine that takes no single requests. */
  readonly requests: RequestTools<Kind> | null;
  /** Absent for an engine whose servers have no databases. */
  readonly databases?: DatabaseList<Kind>;
  /**
   * The password of a log-in in the file in which the engine's own tools keep passwords, read anew each time. Absent for
   * an engine without such a file.
   * @param path null: where those tools look for it
   * @param place of several hosts the one that asks; absent: the first
   * @throws PASSWORD_FILE_UNUSABLE, or PASSWORD_REQUIRED when nothing in it is for the log-in
   */
  passwordInFile?(
    config: EngineConfigs[Kind],
    path: string | null,
    place?: Endpoint['place'],
  ): Promise<string>;
  /**
   * Settings that a file of the engine's own tools keeps under a name. Absent for an engine without such a file.
   * @throws NOT_FOUND, FILE_FAILED
   */
  profileInFile?(name: string): Promise<ConnectionProfile>;
  /**
   * Opens a session, each stage reported through `onStage`.
   * @throws AppError with causes and fixes for that very failure; nothing is left open
   */
  connect(config: EngineConfigs[Kind], target: ConnectTarget, options: ConnectOptions): Promise<Connection>;
}
