import { neverAborted } from '../../../../src/main/base/abort.ts';
import { systemClock } from '../../../../src/main/base/Clock.ts';
import type { QueryResult, SqlConnection, Statement } from '../../../../src/main/connectors/Connection.ts';
import type { LoginMemory } from '../../../../src/main/connectors/LoginMemory.ts';
import { MysqlConnector } from '../../../../src/main/connectors/mysql/MysqlConnector.ts';
import type { Row, RowStream } from '../../../../src/main/connectors/RowStream.ts';
import type { MysqlConfig } from '../../../../src/shared/engines/mysql/config.ts';
import { defaultTimeoutSettings, type TimeoutSettings } from '../../../../src/shared/model/poolSettings.ts';
import type { Stage } from '../../../../src/shared/model/testReport.ts';

const usualConnector = new MysqlConnector(systemClock);

export interface SessionOptions {
  readonly config?: Partial<MysqlConfig>;
  readonly password?: string | null;
  readonly readOnly?: boolean;
  readonly loadsRows?: boolean;
  readonly timeouts?: Partial<TimeoutSettings>;
  readonly logins?: LoginMemory;
  readonly signal?: AbortSignal;
  readonly connector?: MysqlConnector;
  readonly onStage?: (stage: Stage) => void;
}

/** A server to log in to, real or not. */
export interface Server {
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
}

/** A session of the connector under test; by default without TLS and without a database. */
export function openSession(server: Server, options: SessionOptions = {}): Promise<SqlConnection> {
  const config: MysqlConfig = {
    host: server.host,
    port: server.port,
    socketPath: null,
    database: null,
    user: server.user ?? 'ann',
    tls: { mode: 'disable', caPem: null },
    timeZone: null,
    compression: false,
    ...options.config,
  };
  const password = options.password === undefined ? (server.password ?? 'S3cret') : options.password;
  const target = {
    engine: { kind: 'mysql', config } as const,
    readOnly: options.readOnly ?? false,
    loadsRows: options.loadsRows ?? false,
    timeouts: { ...defaultTimeoutSettings, ...options.timeouts },
    secret: () => Promise.resolve(password),
    applicationName: 'Mooring test',
    ...(options.logins === undefined ? {} : { logins: options.logins }),
  };
  const { signal = neverAborted, connector = usualConnector, onStage } = options;
  return connector.connect(config, target, { signal, ...(onStage === undefined ? {} : { onStage }) });
}

/** The whole answer to a statement. */
export function ask(
  session: SqlConnection,
  statement: string | Statement,
  signal: AbortSignal = neverAborted,
): Promise<QueryResult> {
  return session.query(typeof statement === 'string' ? { text: statement } : statement, { signal });
}

/** The first value of the first row. */
export async function firstValue(session: SqlConnection, text: string): Promise<string | null | undefined> {
  return (await ask(session, text)).rows[0]?.[0];
}

/** The rest of the current result. */
export async function restOf(stream: RowStream): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let batch = await stream.next(1_000); batch.length > 0; batch = await stream.next(1_000))
    rows.push(...batch);
  return rows;
}
