import { TLSSocket } from 'node:tls';
import type { TimeoutSettings } from '../../../shared/model/poolSettings.ts';
import { abortReason, onAbort } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import type { ConnectTarget } from '../Connector.ts';
import type { ReadingTurn } from '../network/ReadingTurn.ts';
import type { StageReporter } from '../network/StageReporter.ts';
import { AnswerReader } from './AnswerReader.ts';
import type { BackendKey } from './cancelRequest.ts';
import { cleanText } from './cleanText.ts';
import { authenticationPolicy } from './login/authenticationPolicy.ts';
import { serverEndPoint } from './login/channelBinding.ts';
import { type Admission, LogIn } from './login/LogIn.ts';
import { startupMessage } from './login/loginMessages.ts';
import type { Wire } from './openWire.ts';
import { type StartupAcceptance, startupSettings } from './pinnedSettings.ts';
import { sqlStateOf, wordsOf } from './serverWords.ts';
import { UnaskedLimit } from './UnaskedLimit.ts';
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
  readonly clock: Clock;
  readonly turn: ReadingTurn;
}

/** Longest application_name a server keeps, in bytes (NAMEDATALEN). */
const maxApplicationNameLength = 63;

/**
 * Logs in and opens the database, each reported.
 * @throws a DatabaseError, WireFailure, errno, what the request's `password` throws, or the abort's reason; the wire is closed then
 */
export async function startSession(
  wire: Wire,
  target: ConnectTarget,
  request: SessionRequest,
  stages: StageReporter,
  signal: AbortSignal,
): Promise<Session> {
  stages.begin('auth');
  try {
    return await logIn(wire, target, request, stages, signal);
  } catch (error) {
    wire.stream.destroy();
    throw error;
  }
}

function logIn(
  { stream, address }: Wire,
  target: ConnectTarget,
  { password, accepts, clock, turn }: SessionRequest,
  stages: StageReporter,
  signal: AbortSignal,
): Promise<Session> {
  const { fields, logins } = target;
  return new Promise((resolve, reject) => {
    const answers = new AnswerReader();
    const login = new LogIn({
      user: fields.user,
      password,
      policy: authenticationPolicy(fields.tls.mode, address.address),
      strongest: logins?.strongest ?? null,
      binding: stream instanceof TLSSocket ? () => serverEndPoint(stream.getPeerCertificate().raw) : null,
      send: (bytes) => connection.send(bytes),
      onAdmitted: (admission) => {
        if (admission.method !== null) logins?.loggedIn(admission.method);
        stages.succeed(wordsForAdmission(admission));
        stages.begin('database');
      },
      onReady: ({ key, version }) => {
        listening.dispose();
        connection.off('error', reject).off('end', onEnd);
        connection.handOver(answers);
        const server = version === null ? fields.database : `${fields.database}, PostgreSQL ${version}`;
        stages.succeed(accepts === 'all' ? server : `${server}; time limits enforced by Mooring only`);
        resolve({ connection, answers, key });
      },
      onFailure: (error) => connection.fail(error),
    });
    const connection = new WireConnection(stream, login, new UnaskedLimit(clock), turn);
    const onEnd = () =>
      reject(new WireFailure('closed', 'The server closed the connection without an error message.'));
    connection.on('error', reject).on('end', onEnd);
    const listening = onAbort(signal, () => {
      stream.destroy();
      reject(abortReason(signal));
    });
    connection.send(startupMessage(startupParameters(target, accepts)));
    // A socket that closed before anybody listened says no more.
    if (stream.destroyed) onEnd();
  });
}

function wordsForAdmission({ method, isBound }: Admission): string {
  switch (method) {
    case null:
      return 'no password required';
    case 'cleartext':
      return 'password over verified TLS';
    case 'md5':
      return 'MD5 password';
    case 'scram-sha-256':
      return isBound ? 'SCRAM-SHA-256, bound to the TLS channel' : 'SCRAM-SHA-256';
  }
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
