import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { TlsState } from '../../../../shared/model/testReport.ts';
import type { TlsMode } from '../../../../shared/model/tls.ts';
import { cleanText } from '../../../base/cleanText.ts';

/** What people compare a certificate by. All texts may come from a server and are cleaned. */
export interface TlsCertificate {
  readonly subject: string | null;
  readonly issuer: string | null;
  /** Names and addresses the certificate is for, as `DNS:db.example.com, IP Address:10.0.0.1`. */
  readonly names: string | null;
  /** ISO dates. */
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly fingerprint256: string | null;
}

/** The TLS handshake worked, but the certificate it showed is not to be trusted under the data source's TLS mode. */
export class CertificateRefused extends Error {
  override readonly name = 'CertificateRefused';
  /** OpenSSL's or Node's name of the reason, such as `CERT_HAS_EXPIRED`. */
  readonly code: string;
  readonly certificate: TlsCertificate;

  constructor(code: string, certificate: TlsCertificate) {
    super(`The certificate was refused: ${code}`);
    this.code = code;
    this.certificate = certificate;
  }
}

type ActiveTls = Extract<TlsState, { active: true }>;

/** The certificate that the server showed in the handshake. */
export const readCertificate = (socket: TLSSocket): TlsCertificate =>
  certificateOf(socket.getPeerCertificate());

/** A certificate as Node describes it, for people. */
export function certificateOf(certificate: Partial<PeerCertificate>): TlsCertificate {
  return {
    subject: distinguishedName(certificate.subject),
    issuer: distinguishedName(certificate.issuer),
    names: textOrNull(certificate.subjectaltname),
    validFrom: isoDate(certificate.valid_from),
    validTo: isoDate(certificate.valid_to),
    fingerprint256: textOrNull(certificate.fingerprint256),
  };
}

/**
 * How the wire is protected, for people.
 * @param client the certificate of this computer; null when there is none
 */
export function readTlsState(socket: TLSSocket, mode: TlsMode, client: TlsCertificate | null): ActiveTls {
  const { subject, issuer, validTo, fingerprint256 } = readCertificate(socket);
  const verified = mode === 'verify-full' ? 'full' : mode === 'verify-ca' ? 'ca' : 'none';
  return {
    active: true,
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().standardName,
    verified,
    subject,
    issuer,
    validTo,
    fingerprint256,
    ...(client !== null && {
      client: { subject: client.subject, issuer: client.issuer, validTo: client.validTo },
    }),
  };
}

/** The common name, else whatever the name is made of: `O=Example, OU=Databases`. */
function distinguishedName(name: object | undefined): string | null {
  if (name === undefined) return null;
  const parts = Object.entries(name).map(([key, value]) => ({ key, value: [value].flat().join(', ') }));
  const common = parts.find((part) => part.key === 'CN');
  return textOrNull(common?.value ?? parts.map((part) => `${part.key}=${part.value}`).join(', '));
}

function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : cleanText(text, 300);
}

function isoDate(text: string | undefined): string | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
