import pg from 'pg';
import { isAppError } from '../../base/AppError.ts';
import { CertificateRefused } from '../network/CertificateRefused.ts';
import { OtherService } from '../network/unexpectedBytes.ts';
import type { ConnectFailureKind } from './connectFailures.ts';
import { poolerAnswerKind } from './poolerAnswer.ts';
import { driverCodeOf } from './serverWords.ts';
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
  ['57P03', 'notReady'],
]);

/**
 * Whether pg_hba.conf on the server kept us out; with TLS it might have let us in. The name of the file is the same in
 * every language, and nothing else tells this apart from a client certificate that is missing.
 */
export function isRefusedByHba(error: unknown): boolean {
  return (
    error instanceof pg.DatabaseError &&
    driverCodeOf(error) === '28000' &&
    error.message.includes('pg_hba.conf')
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

/** By SQLSTATE and fields: texts are in the server's language. */
function serverAnswerKind(error: pg.DatabaseError, couldEncrypt: boolean): ConnectFailureKind {
  const code = driverCodeOf(error) ?? '';
  const known = bySqlState.get(code) ?? poolerAnswerKind(error);
  if (known !== null) return known;
  if (code === '28000') return refusedLoginKind(error, couldEncrypt);
  return /^(?:53|57|58|XX|08)/.test(code) && code !== '08P01' ? 'serverTrouble' : 'sessionRefused';
}

/** `routine` is the function of the server's source that complained: it is the same in every language. */
function refusedLoginKind(error: pg.DatabaseError, couldEncrypt: boolean): ConnectFailureKind {
  if (isRefusedByHba(error)) return couldEncrypt ? 'tlsRequired' : 'noHbaEntry';
  if (error.routine === 'ClientAuthentication') return 'methodRefused';
  return error.routine === 'InitializeSessionUserId' ? 'loginForbidden' : 'sessionRefused';
}
