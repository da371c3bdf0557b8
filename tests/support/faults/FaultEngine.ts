import type { EngineSettings } from '../../../src/shared/engines/settings.ts';
import type { ClusterTls } from '../postgresCluster.ts';
import type { Administrator } from './Administrator.ts';

/** What the rows of the fault suite must know about an engine to do the same thing to each. */
export interface FaultEngine {
  readonly name: 'PostgreSQL' | 'MariaDB';
  /** Of the user who may do everything, without TLS; host and port are the test's. */
  readonly settings: EngineSettings;
  readonly words: FaultWords;
  readonly codes: FaultCodes;
  /** Whether each session is a process of the system, which can hang while the others go on. */
  readonly hasProcessPerSession: boolean;
  /** Starts a server of the test's own, which it may break. */
  start(options?: OwnServerOptions): Promise<OwnServer>;
}

/** A running server, reached past every proxy. */
export interface FaultServer {
  readonly engine: FaultEngine;
  readonly host: string;
  readonly port: number;
  /** Of the user in the engine's settings. */
  readonly password: string;
  readonly administrator: Administrator;
}

/** A server that belongs to one file of tests. */
export interface OwnServer extends FaultServer {
  readonly isRunning: boolean;
  startServer(): Promise<void>;
  /** Ends sessions and server in order. */
  stop(): Promise<void>;
  /** Ends server and sessions without a word; what it had confirmed is there when it is started again. */
  crash(): Promise<void>;
  /** From now on it takes no part in anything, while the system still accepts connections for it. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Makes one session hang in what it does; with an engine that is one process, all of them. */
  hang(sessionId: number): void;
  wake(sessionId: number): void;
  /** Shows this certificate to whoever connects when this has resolved. */
  replaceTls(tls: ClusterTls): Promise<void>;
  /** Log-ins of this user that the server has refused for a wrong password since it was started. */
  refusedLogIns(user: string): number;
  dispose(): Promise<void>;
}

export interface OwnServerOptions {
  readonly tls?: ClusterTls;
  /** The server's own settings, for each engine in its words. */
  readonly settings?: Partial<Record<FaultEngine['name'], Readonly<Record<string, string>>>>;
  /** Run as administrator when the server is up. */
  readonly sql?: (words: FaultWords) => readonly string[];
}

/** The same thing said in the SQL of each engine. */
export interface FaultWords {
  /** A query for the server's id of the session that asks. */
  readonly sessionId: string;
  /** A view of this many rows of ten kilobytes each. */
  createLargeView(name: string, rowCount: number): string;
  /** A statement that the server refuses. */
  readonly faulty: string;
  sleep(seconds: number): string;
  /** Inserts a row, and takes so long over it. */
  insertMark(table: string, mark: string, seconds: number): string;
  /** Takes a lock for this session, and waits as long as another one has it. */
  takeLock(lock: string): string;
  /** Inserts a row as soon as the lock is free. */
  insertUnderLock(table: string, mark: string, lock: string): string;
  /** Of this many rows of a kilobyte, each beginning with its number. */
  largeAnswer(rowCount: number): string;
  /** From now on statements of this session do not wait long for a row that another one has locked. */
  readonly impatientWithLocks: string;
  /** Stops what this session runs, as an administrator does. */
  cancelStatement(sessionId: number): string;
  readonly accounts: AccountWords;
}

/** Statements about a user who may log in from anywhere. */
export interface AccountWords {
  create(user: string, password: string): string;
  setPassword(user: string, password: string): string;
  /** How many sessions the user may have. */
  limitSessions(user: string, count: number): string;
  /** Makes the password one that has expired. */
  expirePassword(user: string): string;
  /** Gives the user this password, which is valid for good. */
  renewPassword(user: string, password: string): string;
  /** Lets the user in no more, or again. */
  lock(user: string): string;
  unlock(user: string): string;
  grantInsert(table: string, user: string): string;
}

/** The codes with which a server says the same thing. */
export interface FaultCodes {
  /** The session was ended from outside; null where the server just closes it. */
  readonly sessionEnded: string | null;
  readonly wrongPassword: string;
  readonly statementTimeout: string;
  readonly statementCancelled: string;
  readonly lockTimeout: string;
  /** Another session is refused because the user has as many as it may. */
  readonly userLimit: string;
}
