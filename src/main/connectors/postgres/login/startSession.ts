import { TLSSocket } from 'node:tls';
import type { PostgresConfig } from '../../../../shared/engines/postgres/config.ts';
import type { TimeoutSettings } from '../../../../shared/model/poolSettings.ts';
import { abortReason, onAbort } from '../../../base/abort.ts';
import type { Clock } from '../../../base/Clock.ts';
import { cleanText } from '../../../base/cleanText.ts';
import type { ConnectTarget } from '../../Connector.ts';
import type { LoginMemory } from '../../LoginMemory.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import type { ReadingTurn } from '../../network/limits/ReadingTurn.ts';
import { UnaskedLimit } from '../../network/limits/UnaskedLimit.ts';
import type { StageReporter } from '../../network/StageReporter.ts';
import { sqlStateOf, wordsOf } from '../errors/serverWords.ts';
import type { Statuses } from '../family/builds.ts';
import { AnswerReader } from '../statements/AnswerReader.ts';
import { type StartupAcceptance, startupSettings } from '../statements/pinnedSettings.ts';
import type { BackendKey } from '../wire/cancelRequest.ts';
import type { Wire } from '../wire/openWire.ts';
import type { PostgresStage } from '../wire/postgresService.ts';
import { WireConnection } from '../wire/WireConnection.ts';
import { serverEndPoint } from './channelBinding.ts';
import { type Admission, LogIn } from './LogIn.ts';
import { startupMessage } from './loginMessages.ts';
import {
  authenticationPolicy,
  isWeaker,
  type LoginMethod,
  loginMethodOf,
  socketPolicy,
} from './loginMethods.ts';
import type { ChannelBinding } from './scram.ts';

/** A session that the server is ready to take statements on. */
export interface Session {
  readonly connection: WireConnection;
  readonly answers: AnswerReader;
  /** For cancel requests; null when the server gave none. */
  readonly key: BackendKey | null;
  /** What the server reported while it let us in. */
  readonly statuses: Statuses;
}

/** How a session is asked for. */
export interface SessionRequest {
  readonly config: PostgresConfig;
  readonly target: Pick<ConnectTarget, 'applicationName' | 'logins' | 'readOnly' | 'timeouts'>;
  /** Gives the password when, and only when, the server asks for it. */
  readonly password: () => Promise<string>;
  /** `all`: the server keeps time limits and settings itself; `pooler`: one in between lets only a few settings through. */
  readonly accepts: StartupAcceptance;
  readonly clock: Clock;
  readonly turn: ReadingTurn;
}

/** PostgreSQL 18 reports 15 parameters. */
const maxStatuses = 100;

/** Longest application_name a server keeps, in bytes (NAMEDATALEN). */
const maxApplicationNameLength = 63;

/**
 * Logs in and opens the database, each reported.
 * @throws a DatabaseError, WireFailure, errno, what the request's `password` throws, or the abort's reason; the wire is closed then
 */
export async function startSession(
  wire: Wire,
  request: SessionRequest,
  stages: StageReporter<PostgresStage>,
  signal: AbortSignal,
): Promise<Session> {
  stages.begin('auth');
  try {
    return await logIn(wire, request, stages, signal);
  } catch (error) {
    wire.stream.destroy();
    throw error;
  }
}

function logIn(
  { stream, address, tls }: Wire,
  { config, target, password, accepts, clock, turn }: SessionRequest,
  stages: StageReporter<PostgresStage>,
  signal: AbortSignal,
): Promise<Session> {
  const strongest = loginMethodOf(target.logins?.strongest ?? null);
  return new Promise((resolve, reject) => {
    const answers = new AnswerReader();
    const statuses = new Map<string, string>();
    const login = new LogIn({
      user: config.user,
      password,
      policy:
        config.socketFolder === undefined
          ? authenticationPolicy(tls.active ? config.tls.mode : 'disable', address?.address ?? '')
          : socketPolicy,
      strongest,
      binding: bindingOf(stream, config),
      mustBind: config.channelBinding === 'require',
      send: (bytes) => connection.send(bytes),
      onAdmitted: (admission) => {
        remember(admission.method, strongest, target.logins);
        stages.succeed(wordsForAdmission(admission));
        stages.begin('database');
      },
      onReady: ({ key, version }) => {
        listening.dispose();
        connection.off('error', reject).off('end', onEnd);
        connection.handOver(answers);
        const server = version === null ? config.database : `${config.database}, PostgreSQL ${version}`;
        stages.succeed(accepts === 'all' ? server : `${server}; time limits enforced by Mooring only`);
        resolve({ connection, answers, key, statuses });
      },
      onParameter: (name, value) => {
        if (statuses.size < maxStatuses) statuses.set(name, value);
        answers.parameter(name, value);
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
    connection.send(startupMessage(startupParameters(config, target, accepts)));
    // A socket that closed before anybody listened says no more.
    if (stream.destroyed) onEnd();
  });
}

/** What the log-in is bound to; null where there is nothing, or where it is not wanted. */
function bindingOf(stream: Wire['stream'], { channelBinding }: PostgresConfig): ChannelBinding | null {
  if (channelBinding === 'disable' || !(stream instanceof TLSSocket)) return null;
  return () => serverEndPoint(stream.getPeerCertificate().raw);
}

/** A weaker method than before, or none, says nothing about the next log-in. */
function remember(
  method: LoginMethod | null,
  strongest: LoginMethod | null,
  logins: LoginMemory | undefined,
): void {
  if (method !== null && (strongest === null || !isWeaker(method, strongest))) logins?.loggedIn(method);
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
  { user, database }: PostgresConfig,
  { applicationName, readOnly, timeouts }: SessionRequest['target'],
  accepts: StartupAcceptance,
): Record<string, string> {
  return {
    user,
    database,
    application_name: cleanText(applicationName, maxApplicationNameLength),
    ...startupSettings(accepts),
    ...(accepts === 'all' ? timeLimitParameters(timeouts) : {}),
    ...(readOnly ? { default_transaction_read_only: 'on' } : {}),
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
