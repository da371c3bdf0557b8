/**
 * The one place that knows pg beyond its published types (pg 8.23, lib/client.js and lib/connection.js): the wire can be
 * given to a client, which logs in over it.
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
  /** Says goodbye and half-closes the stream. */
  end(): void;
}

export const PgConnectionBase = pg.Connection as unknown as new (config: { stream: Duplex }) => PgConnection;

/** A client of pg as the connector uses it: for the log-in only. */
export interface PgClient extends EventEmitter {
  connect(callback: (error: Error | null) => void): void;
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
