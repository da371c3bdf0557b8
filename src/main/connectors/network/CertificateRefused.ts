import type { TlsCertificate } from './tlsState.ts';

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
