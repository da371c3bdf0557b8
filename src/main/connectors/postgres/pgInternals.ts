/**
 * The one place that knows pg beyond its published types (pg 8.23, lib/client.js and lib/connection.js): the wire can be
 * given to a client, and a statement may be any object that takes the answers of the server as they come.
 */
import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import pg from 'pg';

/** pg's rendering of the protocol over a stream. */
export interface PgConnection extends EventEmitter {
  stream: Duplex;
  /** pg sends its goodbye only over a wire that says it has been connecting. */
  _connecting: boolean;
  /** Parses what the source emits as `data`, and emits an event for each message. */
  attachListeners(source: EventEmitter): void;
  startup(parameters: Readonly<Record<string, string>>): void;
  query(text: string): void;
  parse(statement: { text: string }): void;
  bind(values: { values: readonly (string | null)[] }): void;
  describe(what: { type: 'P' | 'S'; name: string }): void;
  execute(): void;
  sync(): void;
  sendCopyFail(reason: string): void;
  /** Says goodbye and half-closes the stream. */
  end(): void;
}

export const PgConnectionBase = pg.Connection as unknown as new (config: { stream: Duplex }) => PgConnection;

/** A column as RowDescription announces it. */
export interface PgField {
  readonly name: string;
  readonly dataTypeID: number;
}

/** What a client calls on the statement that runs (lib/query.js). */
export interface PgStatement {
  /** Sends it; an error that is returned means that nothing was sent. */
  submit(connection: PgConnection): Error | null;
  handleRowDescription(message: { fields: readonly PgField[] }): void;
  handleDataRow(message: { fields: readonly (string | null)[]; length: number }): void;
  handleCommandComplete(message: { text: string }): void;
  handleEmptyQuery(): void;
  handlePortalSuspended(): void;
  handleCopyInResponse(connection: PgConnection): void;
  handleCopyData(): void;
  handleReadyForQuery(): void;
  handleError(error: Error): void;
}

/** A client of pg as the connector uses it. */
export interface PgClient extends EventEmitter {
  connect(callback: (error: Error | null) => void): void;
  query(statement: PgStatement): void;
  getTransactionStatus(): 'I' | 'T' | 'E' | null;
  readonly processID: number | null;
  readonly secretKey: number | null;
  password: unknown;
  readonly connectionParameters: { password: unknown };
}

/** Every option that pg would otherwise take from PG* variables, from ~/.pgpass or from its defaults. */
export interface PgClientOptions {
  readonly connection: PgConnection;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password: () => Promise<string>;
  readonly enableChannelBinding: boolean;
}

/** Makes a client that uses nothing but these options. The wire is open and encrypted already: pg does not see TLS. */
export function createPgClient(options: PgClientOptions): PgClient {
  const Client = pg.Client as unknown as new (config: object) => PgClient;
  return new Client({
    ...options,
    ssl: false,
    sslnegotiation: 'postgres',
    connectionTimeoutMillis: 0,
    query_timeout: 0,
    keepAlive: false,
    binary: false,
    pipeline: false,
  });
}
