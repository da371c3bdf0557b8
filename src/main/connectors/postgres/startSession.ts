import type { Duplex } from 'node:stream';
import type { TimeoutSettings } from '../../../shared/model/poolSettings.ts';
import { abortReason, onAbort } from '../../base/abort.ts';
import type { ConnectTarget } from '../Connector.ts';
import { AnswerReader } from './AnswerReader.ts';
import { authenticationPolicy } from './authenticationPolicy.ts';
import type { BackendKey } from './cancelRequest.ts';
import { cleanText } from './cleanText.ts';
import { MessageGate } from './MessageGate.ts';
import type { Wire } from './openWire.ts';
import { createPgClient, type PgClient } from './pgInternals.ts';
import { type StartupAcceptance, startupSettings } from './pinnedSettings.ts';
import type { StageReporter } from './StageReporter.ts';
import { sqlStateOf, wordsOf } from './serverWords.ts';
import { WireConnection } from './WireConnection.ts';
import { WireFailure } from './WireFailure.ts';

/** A session that the server is ready to take statements on. */
export interface Session {
  readonly connection: WireConnection;
  readonly answers: AnswerReader;
  /** For cancel requests; null when the server gave none. */
  readonly key: BackendKey | null;
}

/** How a session is asked for. */
export interface SessionRequest {
  /** Gives the password when, and only when, the server asks for it. */
  readonly password: () => Promise<string>;
  /** `all`: the server keeps time limits and settings itself; `pooler`: one in between lets only a few settings through. */
  readonly accepts: StartupAcceptance;
}

/** Longest application_name a server keeps, in bytes (NAMEDATALEN). */
const maxApplicationNameLength = 63;

/**
 * Logs in and opens the database, each told to the reporter.
 * @throws a DatabaseError, WireFailure, errno, what the request's `password` throws, or the abort's reason; the wire is closed then
 */
export async function startSession(
  wire: Wire,
  target: ConnectTarget,
  { password, accepts }: SessionRequest,
  stages: StageReporter,
  signal: AbortSignal,
): Promise<Session> {
  const { fields } = target;
  const gate = new MessageGate(authenticationPolicy(fields.tls.mode, wire.address.address));
  const connection = new WireConnection(wire.stream, gate, startupParameters(target, accepts));
  const client = createPgClient({
    connection,
    host: fields.host,
    port: fields.port,
    user: fields.user,
    database: fields.database,
    password,
    enableChannelBinding: wire.tls.active,
  });
  client.on('error', () => undefined);
  stages.begin('auth');
  reportProgress(connection, fields.database, accepts, stages);
  const answers = new AnswerReader();
  try {
    await ready(client, connection, answers, wire.stream, signal);
  } catch (error) {
    wire.stream.destroy();
    throw error;
  } finally {
    forgetPassword(client);
  }
  return { connection, answers, key: backendKey(client) };
}

/** The server applies these itself while it opens the session, so that no statement ever runs without them. */
function startupParameters(
  { fields, applicationName }: ConnectTarget,
  accepts: StartupAcceptance,
): Record<string, string> {
  return {
    user: fields.user,
    database: fields.database,
    application_name: cleanText(applicationName, maxApplicationNameLength),
    ...startupSettings(accepts),
    ...(accepts === 'all' ? timeLimitParameters(fields.timeouts) : {}),
    ...(fields.readOnly ? { default_transaction_read_only: 'on' } : {}),
  };
}

function timeLimitParameters({ queryMs, idleInTransactionMs }: TimeoutSettings) {
  return {
    statement_timeout: String(queryMs),
    idle_in_transaction_session_timeout: String(idleInTransactionMs),
  };
}

/**
 * Whether a pooler (PgBouncer), or a server that does not know one of them, refused a setting of the startup message that
 * Mooring can do without. The name of the setting is the same in every language.
 */
export function refusesSettings(error: unknown): boolean {
  const code = sqlStateOf(error);
  if (code !== '08P01' && code !== '42704') return false;
  const words = wordsOf(error);
  const optional = [
    'statement_timeout',
    'idle_in_transaction_session_timeout',
    ...Object.keys(startupSettings('all')),
  ];
  const needed = Object.keys(startupSettings('pooler'));
  return optional.some((name) => !needed.includes(name) && words.includes(name));
}

function ready(
  client: PgClient,
  connection: WireConnection,
  answers: AnswerReader,
  stream: Duplex,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const listening = onAbort(signal, () => {
      stream.destroy();
      reject(abortReason(signal));
    });
    const onEnd = () => {
      reject(new WireFailure('closed', 'The server closed the connection without a word'));
    };
    connection.once('end', onEnd);
    client.connect((error) => {
      listening.dispose();
      connection.off('end', onEnd);
      if (error !== null && error !== undefined) {
        reject(error);
        return;
      }
      connection.handOver(answers);
      resolve();
    });
  });
}

/** Ends the `auth` stage when the server lets us in, and the `database` stage when it is ready for statements. */
function reportProgress(
  connection: WireConnection,
  database: string,
  accepts: StartupAcceptance,
  stages: StageReporter,
): void {
  let method = 'no password was asked for';
  let version: string | null = null;
  connection.once('authenticationCleartextPassword', () => {
    method = 'password over verified TLS';
  });
  connection.once('authenticationMD5Password', () => {
    method = 'MD5 password';
  });
  connection.once('authenticationSASL', (message: { mechanisms: readonly string[] }) => {
    const bound = message.mechanisms.includes('SCRAM-SHA-256-PLUS');
    method = bound ? 'SCRAM-SHA-256, bound to the TLS channel' : 'SCRAM-SHA-256';
  });
  connection.once('authenticationOk', () => {
    stages.succeed(method);
    stages.begin('database');
  });
  connection.on('parameterStatus', (message: { parameterName: string; parameterValue: string }) => {
    if (message.parameterName === 'server_version') version = message.parameterValue;
  });
  connection.once('readyForQuery', () => {
    connection.removeAllListeners('parameterStatus');
    const server = version === null ? database : `${database}, PostgreSQL ${version}`;
    stages.succeed(accepts === 'all' ? server : `${server}; Mooring alone keeps the time limits`);
  });
}

function backendKey({ processID, secretKey }: PgClient): BackendKey | null {
  return processID === null || secretKey === null ? null : { processId: processID, secretKey };
}

/** pg keeps what the password function gave it for as long as the client lives. */
function forgetPassword(client: PgClient): void {
  client.password = null;
  client.connectionParameters.password = null;
}
