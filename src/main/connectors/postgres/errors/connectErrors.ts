import pg from 'pg';
import type { AppError } from '../../../base/AppError.ts';
import {
  type EngineFailures,
  connectError as explained,
  type FailedConnect,
} from '../../network/failures/connectError.ts';
import type { ConnectAim, Explain } from '../../network/failures/connectSubject.ts';
import { LoginFailure, type LoginFailureKind } from '../login/LoginFailure.ts';
import { during, engineWords, type PostgresStage } from '../wire/postgresService.ts';
import { loginFailures } from './loginFailures.ts';
import { answerWords, sqlStateOf } from './serverWords.ts';

type RefusalKind = keyof typeof loginFailures;

const byLoginFailure: Readonly<Record<LoginFailureKind, RefusalKind>> = {
  'tls-binding': 'bindingImpossible',
  'binding-required': 'bindingRequired',
  'direct-tls': 'directTlsRefused',
  'authentication-method': 'methodRefused',
  'single-sign-on': 'singleSignOn',
  'method-downgraded': 'methodDowngraded',
  'iterations-too-few': 'iterationsTooFew',
  'iterations-too-many': 'iterationsTooMany',
  'server-unproven': 'serverUnproven',
  'password-missing': 'passwordMissing',
};

/** SQLSTATEs that mean one thing whatever the text says. */
const bySqlState: ReadonlyMap<string, RefusalKind> = new Map<string, RefusalKind>([
  ['28P01', 'passwordWrong'],
  ['3D000', 'databaseUnknown'],
  ['42501', 'databaseForbidden'],
  ['53300', 'tooManyConnections'],
  ['57P01', 'shuttingDown'],
  ['57P02', 'shuttingDown'],
  ['57P03', 'notReady'],
]);

/**
 * Poolers and proxies (PgBouncer, Neon, Azure) have one SQLSTATE for nearly every refusal, and none of the fields that
 * PostgreSQL sends. Their texts are all there is to go by; they are constants of their source code, in English only.
 */
const poolerAnswers: readonly (readonly [RegExp, RefusalKind])[] = [
  [/sslmode|SSL connection is required|connection is insecure|SSL required/i, 'tlsRequired'],
  [/too many (?:connections|clients)|no more connections allowed/i, 'tooManyConnections'],
  [/no such database/i, 'databaseUnknown'],
  [/no such user/i, 'passwordWrong'],
];

/** What is known about the connect that failed. */
export interface ConnectContext {
  readonly aim: Omit<ConnectAim, 'engine'>;
  /** The stage that failed. */
  readonly stage: PostgresStage;
  /** Whether the server offers TLS and it was not used; asked only where it matters. */
  readonly couldEncrypt: boolean;
  /** The password if the server has asked for it: kept out of every text. */
  readonly password: string | null;
}

/** Explains why a connect failed; our own errors pass as they are, but for a time-out. */
export function connectError(error: unknown, context: ConnectContext): AppError {
  const { aim, stage, couldEncrypt, password } = context;
  const failed: FailedConnect = {
    aim: { ...aim, engine: engineWords },
    during: during[stage],
    secret: password,
  };
  const own: EngineFailures = {
    explain: (reason) => explainRefusal(reason, couldEncrypt),
    wordsOf: answerWords,
  };
  return explained(error, failed, own);
}

/**
 * Whether pg_hba.conf on the server kept us out; with TLS it might have let us in. The name of the file is the same in
 * every language, and nothing else tells this apart from a client certificate that is missing.
 */
export function isRefusedByHba(error: unknown): boolean {
  return sqlStateOf(error) === '28000' && (answerWords(error) ?? '').includes('pg_hba.conf');
}

function explainRefusal(error: unknown, couldEncrypt: boolean): Explain | null {
  if (error instanceof LoginFailure) return loginFailures[byLoginFailure[error.kind]];
  if (error instanceof pg.DatabaseError) return loginFailures[serverAnswerKind(error, couldEncrypt)];
  return null;
}

/** By SQLSTATE and fields: texts are in the server's language. */
function serverAnswerKind(error: pg.DatabaseError, couldEncrypt: boolean): RefusalKind {
  const code = sqlStateOf(error) ?? '';
  const known = bySqlState.get(code) ?? poolerAnswerKind(error);
  if (known !== null) return known;
  if (code === '28000') return refusedLoginKind(error, couldEncrypt);
  return /^(?:53|57|58|XX|08)/.test(code) && code !== '08P01' ? 'serverTrouble' : 'sessionRefused';
}

/** What a pooler refused a session for; null when it is not known, or when PostgreSQL itself answered. */
function poolerAnswerKind(error: pg.DatabaseError): RefusalKind | null {
  // PostgreSQL names the routine that complained, in every version and language.
  if (error.routine !== undefined) return null;
  return poolerAnswers.find(([text]) => text.test(error.message))?.[1] ?? null;
}

/** `routine` is the function of the server's source that complained: it is the same in every language. */
function refusedLoginKind(error: pg.DatabaseError, couldEncrypt: boolean): RefusalKind {
  if (isRefusedByHba(error)) return couldEncrypt ? 'tlsRequired' : 'noHbaEntry';
  if (error.routine === 'ClientAuthentication') return 'clientCertificateRequired';
  // Passwords have a SQLSTATE of their own: this is a method that asks for none, such as `cert` or `peer`.
  if (error.routine === 'auth_failed') return 'notProven';
  return error.routine === 'InitializeSessionUserId' ? 'loginForbidden' : 'sessionRefused';
}
