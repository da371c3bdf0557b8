import type { Endpoint } from '../../../../shared/engines/Engine.ts';
import { isAppError } from '../../../base/AppError.ts';
import { CertificateRefused } from '../tls/tlsState.ts';
import { reachingFailures } from './reachingFailures.ts';
import { driverCodeOf } from './serverWords.ts';
import { tlsFailures } from './tlsFailures.ts';
import { OtherService } from './unexpectedBytes.ts';
import { WireFailure, type WireFailureKind } from './WireFailure.ts';

/** Every way in which a connect can fail before an engine's own rules begin, with its words. */
export const networkFailures = { ...reachingFailures, ...tlsFailures };
export type NetworkFailureKind = keyof typeof networkFailures;

const byWireFailure: Readonly<Record<WireFailureKind, NetworkFailureKind>> = {
  protocol: 'protocol',
  'tls-not-supported': 'tlsNotSupported',
  'authority-unreadable': 'authorityUnreadable',
  closed: 'closed',
  flood: 'flood',
  'too-large': 'protocol',
};

const byErrno: ReadonlyMap<string, NetworkFailureKind> = new Map<string, NetworkFailureKind>([
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

/** What means something else for a local socket; a full backlog is EAGAIN there. */
const byErrnoOfSocket: ReadonlyMap<string, NetworkFailureKind> = new Map<string, NetworkFailureKind>([
  ['ENOENT', 'socketMissing'],
  ['ENOTDIR', 'socketMissing'],
  ['ENOTSOCK', 'socketMissing'],
  ['EACCES', 'socketForbidden'],
  ['EPERM', 'socketForbidden'],
  ['EAGAIN', 'refused'],
]);

const byCertificate: ReadonlyMap<string, NetworkFailureKind> = new Map<string, NetworkFailureKind>([
  ['CERT_HAS_EXPIRED', 'certificateExpired'],
  ['CERT_NOT_YET_VALID', 'certificateNotYetValid'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificateOfOtherHost'],
]);

/** By which alert a server ends the handshake (RFC 8446, section 6.2); runtimes put the version before it. */
const alerts: readonly (readonly [RegExp, NetworkFailureKind])[] = [
  [/^ERR_SSL_\w*ALERT_CERTIFICATE_REQUIRED$/, 'clientCertificateRequired'],
  [/^ERR_SSL_\w*ALERT_(?:UNKNOWN_CA|ACCESS_DENIED|DECRYPT_ERROR)$/, 'clientCertificateRefused'],
  [/^ERR_SSL_\w*ALERT_(?:BAD|UNSUPPORTED)_CERTIFICATE$/, 'clientCertificateRefused'],
  [/^ERR_SSL_\w*ALERT_CERTIFICATE_(?:EXPIRED|REVOKED|UNKNOWN)$/, 'clientCertificateRefused'],
  [/^ERR_SSL_\w*ALERT_HANDSHAKE_FAILURE$/, 'handshakeRefused'],
];

/** Which failure of the network an error of a connect is. What is none of them is not the expected protocol. */
export function networkFailureKind(error: unknown, place: Endpoint['place']): NetworkFailureKind {
  if (isAppError(error)) return 'timeout';
  if (error instanceof OtherService) return 'otherService';
  if (error instanceof WireFailure) return byWireFailure[error.kind];
  if (error instanceof CertificateRefused) return refusedCertificateKind(error);
  const code = driverCodeOf(error) ?? '';
  const kind = ('socketPath' in place ? byErrnoOfSocket.get(code) : undefined) ?? byErrno.get(code);
  if (kind !== undefined) return kind;
  const alert = alerts.find(([pattern]) => pattern.test(code))?.[1];
  if (alert !== undefined) return alert;
  return code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')
    ? 'tlsFailed'
    : 'protocol';
}

/** Node compares an address, or what has no names, with the list of names that the certificate lacks. */
function refusedCertificateKind({ code, certificate }: CertificateRefused): NetworkFailureKind {
  const kind = byCertificate.get(code) ?? 'certificateUntrusted';
  return kind === 'certificateOfOtherHost' && certificate.names === null ? 'certificateWithoutNames' : kind;
}
