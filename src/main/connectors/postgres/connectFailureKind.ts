import pg from 'pg';
import { isAppError } from '../../base/AppError.ts';
import { CertificateRefused } from './CertificateRefused.ts';
import type { ConnectFailureKind } from './connectFailures.ts';
import { driverCodeOf } from './serverWords.ts';
import { OtherService } from './unexpectedBytes.ts';
import { WireFailure, type WireFailureKind } from './WireFailure.ts';

const byWireFailure: Readonly<Record<WireFailureKind, ConnectFailureKind>> = {
  protocol: 'protocol',
  'tls-not-supported': 'tlsNotSupported',
  'authority-unreadable': 'authorityUnreadable',
  'tls-binding': 'bindingImpossible',
  'authentication-method': 'methodRefused',
  'method-downgraded': 'methodDowngraded',
  'iterations-too-few': 'iterationsTooFew',
  'iterations-too-many': 'iterationsTooMany',
  'server-unproven': 'serverUnproven',
  'password-missing': 'passwordMissing',
  closed: 'closed',
  'idle-in-transaction': 'closed',
  flood: 'flood',
  'too-large': 'protocol',
};

const byErrno: ReadonlyMap<string, ConnectFailureKind> = new Map<string, ConnectFailureKind>([
  ['ECONNREFUSED', 'refused'],
  ['ENOTFOUND', 'hostUnknown'],
  ['ENODATA', 'hostUnknown'],
  ['EAI_AGAIN', 'dnsUnavailable'],
  ['EAI_FAIL', 'dnsUnavailable'],
  ['ESERVFAIL', 'dnsUnavailable'],
  ['EHOSTUNREACH', 'unreachable'],
  ['EHOSTDOWN', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['ENETDOWN', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  ['EACCES', 'unreachable'],
  ['ETIMEDOUT', 'timeout'],
  ['ECONNRESET', 'reset'],
  ['ECONNABORTED', 'reset'],
  ['EPIPE', 'reset'],
]);

const byCertificate: ReadonlyMap<string, ConnectFailureKind> = new Map<string, ConnectFailureKind>([
  ['CERT_HAS_EXPIRED', 'certificateExpired'],
  ['CERT_NOT_YET_VALID', 'certificateNotYetValid'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificateOfOtherHost'],
]);

/** SQLSTATEs that mean one thing whatever the text says. */
const bySqlState: ReadonlyMap<string, ConnectFailureKind> = new Map<string, ConnectFailureKind>([
  ['28P01', 'passwordWrong'],
  ['3D000', 'databaseUnknown'],
  ['42501', 'databaseForbidden'],
  ['53300', 'tooManyConnections'],
  ['57P01', 'shuttingDown'],
  ['57P02', 'shuttingDown'],
]);

/** Whether pg_hba.conf on the server kept us out; with TLS it might have let us in. */
export function isRefusedByHba(error: unknown): boolean {
  return (
    error instanceof pg.DatabaseError &&
    driverCodeOf(error) === '28000' &&
    (/pg_hba\.conf/.test(error.message) || error.routine === 'ClientAuthentication')
  );
}

/**
 * Which of the known failures an error of a connect is.
 * @param couldEncrypt whether the server offers TLS and it was not used
 */
export function connectFailureKind(error: unknown, couldEncrypt: boolean): ConnectFailureKind {
  if (isAppError(error)) return 'timeout';
  if (error instanceof OtherService) return 'otherService';
  if (error instanceof WireFailure) return byWireFailure[error.kind];
  if (error instanceof CertificateRefused) return refusedCertificateKind(error);
  if (error instanceof pg.DatabaseError) return serverAnswerKind(error, couldEncrypt);
  const code = driverCodeOf(error) ?? '';
  const kind = byErrno.get(code);
  if (kind !== undefined) return kind;
  return code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')
    ? 'tlsFailed'
    : 'protocol';
}

/** Node compares an address, or what has no names, with the list of names that the certificate lacks. */
function refusedCertificateKind({ code, certificate }: CertificateRefused): ConnectFailureKind {
  const kind = byCertificate.get(code) ?? 'certificateUntrusted';
  return kind === 'certificateOfOtherHost' && certificate.names === null ? 'certificateWithoutNames' : kind;
}

/** Texts are English here only as far as the server's messages are; a translated one falls to the general kind. */
function serverAnswerKind(error: pg.DatabaseError, couldEncrypt: boolean): ConnectFailureKind {
  const code = driverCodeOf(error) ?? '';
  const text = error.message;
  const certain = bySqlState.get(code);
  if (certain !== undefined) return certain;
  if (code === '57P03') return /shutting down/i.test(text) ? 'shuttingDown' : 'starting';
  if (/sslmode|SSL connection is required|connection is insecure|SSL required/i.test(text))
    return 'tlsRequired';
  if (code === '28000') return refusedLoginKind(error, couldEncrypt);
  if (
    /connection slots are reserved|too many (?:connections|clients)|no more connections allowed/i.test(text)
  )
    return 'tooManyConnections';
  if (/no such database/i.test(text)) return 'databaseUnknown';
  if (/no such user/i.test(text)) return 'passwordWrong';
  if (/unsupported startup parameter/i.test(text)) return 'poolerParameter';
  return /^(?:53|57|58|XX|08)/.test(code) && code !== '08P01' ? 'serverTrouble' : 'sessionRefused';
}

/** `routine` is the function of the server's source that complained: it is the same in every language. */
function refusedLoginKind(error: pg.DatabaseError, couldEncrypt: boolean): ConnectFailureKind {
  const { routine, message } = error;
  if (/client certificate/i.test(message)) return 'methodRefused';
  if (/does not exist/i.test(message)) return 'passwordWrong';
  if (routine === 'InitializeSessionUserId' || /not permitted to log in/i.test(message))
    return 'loginForbidden';
  if (!isRefusedByHba(error)) return 'sessionRefused';
  return couldEncrypt ? 'tlsRequired' : 'noHbaEntry';
}
