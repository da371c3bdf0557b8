import { isIP } from 'node:net';
import { bareHost } from '../sockets/resolveHost.ts';
import {
  type ConnectSubject,
  type Explain,
  hostOf,
  isLocal,
  never,
  openFields,
  placeOf,
} from './connectSubject.ts';

/** The way to the server could not be protected, or has to be. */
export const tlsFailures = {
  tlsNotSupported: (subject) => ({
    ...never,
    code: 'TLS_NOT_SUPPORTED',
    title: `The server at ${placeOf(subject)} does not offer TLS`,
    causes: [
      `TLS is not set up on the server (${subject.engine.tlsTurnedOff}).`,
      'A connection pooler or tunnel in front of the server does not offer it.',
    ],
    fixes: [
      'Ask the administrator to turn on TLS.',
      isLocal(subject)
        ? 'For a server on this computer or behind a tunnel, you can turn off TLS.'
        : 'Turn off TLS only if nobody can intercept the connection: passwords and data would be sent unencrypted.',
    ],
    actions: [{ action: 'set-tls-mode', mode: 'disable' }],
  }),
  certificateUntrusted: (subject) => ({
    ...never,
    code: 'TLS_UNTRUSTED',
    title: `The certificate of ${hostOf(subject)} is not trusted`,
    causes: [
      issuedBy(subject),
      (subject.tls?.caPem ?? subject.tls?.caFile ?? null) === null
        ? 'It is not signed by a CA that this computer trusts.'
        : 'It is not signed by a CA in the TLS settings.',
      'Someone is impersonating the server.',
    ],
    fixes: [
      'Ask the administrator for the CA certificate and add it in the TLS settings.',
      'Compare the SHA-256 fingerprint with the one from the administrator.',
    ],
    actions: [...openFields('caPem'), { action: 'set-tls-mode', mode: 'encrypt' }],
  }),
  certificateOfOtherHost: (subject) => ({
    ...never,
    code: 'TLS_HOST_MISMATCH',
    title: `The certificate is not for ${hostOf(subject)}`,
    causes: [
      whatItIsFor(subject),
      'The host is an alias or an address that the certificate does not name.',
      'Someone is impersonating the server.',
    ],
    fixes: [
      'Use the host name that the certificate is for.',
      'If the name cannot match (a tunnel, an address), choose "verify-ca" with the CA certificate.',
    ],
    actions: [...openFields('host'), { action: 'set-tls-mode', mode: 'verify-ca' }],
  }),
  certificateWithoutNames: (subject) => ({
    ...never,
    code: 'TLS_HOST_MISMATCH',
    title: `The certificate of ${hostOf(subject)} has no subject alternative name`,
    causes: [
      `It names ${subject.certificate?.subject ?? 'nobody'} as its subject only. An address must be a subject alternative name.`,
    ],
    fixes: [
      `Ask the administrator for a certificate with the subject alternative name ${hostOf(subject)}.`,
      'Until then, choose "verify-ca" with the CA certificate: it does not check the host name.',
    ],
    actions: [{ action: 'set-tls-mode', mode: 'verify-ca' }],
  }),
  certificateExpired: (subject) => ({
    ...never,
    code: 'TLS_EXPIRED',
    title: `The certificate of ${hostOf(subject)} has expired`,
    causes: [
      `It was valid until ${subject.certificate?.validTo ?? 'some time ago'}.`,
      "This computer's clock is wrong.",
    ],
    fixes: ['Ask the administrator to renew the certificate.', "Check this computer's date and time."],
  }),
  certificateNotYetValid: (subject) => ({
    ...never,
    code: 'TLS_EXPIRED',
    title: `The certificate of ${hostOf(subject)} is not valid yet`,
    causes: [
      `It is valid from ${subject.certificate?.validFrom ?? 'some time later'}.`,
      "This computer's clock is wrong.",
    ],
    fixes: ["Check this computer's date and time.", 'Ask the administrator about the certificate.'],
  }),
  tlsFailed: (subject) => ({
    ...never,
    code: 'TLS_FAILED',
    title: `The TLS handshake with ${placeOf(subject)} failed`,
    causes: [
      `The server offers only versions older than TLS ${oldestOf(subject)}, or ciphers that are no longer safe.`,
      'A proxy on the way interferes.',
    ],
    fixes: [
      `Ask the administrator to allow TLS ${oldestOf(subject)} or later.`,
      ...(subject.tls?.minVersion === undefined
        ? []
        : ['Set the minimum version to TLS 1.2 under Encryption.']),
      'Check that no proxy intercepts the connection.',
    ],
  }),
  handshakeRefused: (subject) => ({
    ...never,
    code: 'TLS_FAILED',
    title: `The server at ${placeOf(subject)} refused the TLS handshake`,
    causes: [
      ...(subject.tls?.client === undefined
        ? ['It requires a client certificate, and this data source has none.']
        : []),
      'It offers no cipher that is still safe.',
      'It knows no server of this name.',
    ],
    fixes: [
      ...(subject.tls?.client === undefined
        ? ['Choose a client certificate under Encryption, if the server requires one.']
        : []),
      'Check the host name.',
      'Ask the administrator.',
    ],
  }),
  clientCertificateRequired: (subject) => ({
    ...never,
    code: 'TLS_CLIENT_CERTIFICATE_REQUIRED',
    title: `The server at ${placeOf(subject)} requires a client certificate`,
    causes: [
      subject.tls?.client === undefined
        ? 'This data source has no client certificate.'
        : 'The server does not take the client certificate of this data source.',
    ],
    fixes: [
      'Choose the certificate and its key under Encryption.',
      'Ask the administrator for a client certificate.',
    ],
  }),
  clientCertificateRefused: (subject) => ({
    ...never,
    code: 'TLS_CLIENT_CERTIFICATE_REFUSED',
    title: `The server at ${placeOf(subject)} refused the client certificate`,
    causes: [
      'It was not issued by a CA that the server trusts, or its chain is not complete.',
      'It has expired, or was revoked.',
      "The server's clock is wrong.",
    ],
    fixes: [
      'Check which certificate is chosen under Encryption; certificates of its chain stand behind it in the same file.',
      'Ask the administrator which CA must issue it.',
    ],
  }),
  authorityUnreadable: () => ({
    ...never,
    code: 'TLS_FAILED',
    title: 'A CA certificate cannot be read',
    causes: [
      'A certificate in the TLS settings is damaged or not a PEM certificate; the error message says which.',
    ],
    fixes: [
      'Add the certificates again, each from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----".',
    ],
    actions: openFields('caPem'),
  }),
} satisfies Record<string, Explain>;

const oldestOf = ({ tls }: ConnectSubject): string => tls?.minVersion ?? '1.2';

/** An address counts only as an entry of its own kind; as a DNS name it looks right and is not. */
function whatItIsFor(subject: ConnectSubject): string {
  const { certificate } = subject;
  const host = bareHost(hostOf(subject));
  const names = certificate?.names ?? certificate?.subject ?? 'another name';
  const isAddressAsName = isIP(host) !== 0 && names.includes(`DNS:${host}`);
  return isAddressAsName
    ? `It has ${host} as a DNS name; an address must be an entry of type IP address.`
    : `It is for ${names}.`;
}

function issuedBy({ certificate }: ConnectSubject): string {
  const { subject, issuer } = certificate ?? { subject: null, issuer: null };
  if (subject !== null && subject === issuer) return 'It is self-signed.';
  return issuer === null ? 'It names no issuer.' : `It was issued by "${issuer}".`;
}
