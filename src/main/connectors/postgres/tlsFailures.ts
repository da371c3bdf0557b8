import { isIP } from 'node:net';
import { type ConnectSubject, type Explain, isLocal, never, place } from './connectSubject.ts';
import { bareHost } from './resolveHost.ts';

/** The way to the server could not be protected, or has to be. */
export const tlsFailures = {
  tlsRequired: (subject) => ({
    ...never,
    code: 'TLS_REQUIRED',
    title: `The server does not let ${subject.fields.user} in without TLS`,
    causes: [
      'The server accepts this login only over an encrypted connection.',
      `Or pg_hba.conf on the server has no line for ${subject.fields.user}, ${subject.fields.database} and your address.`,
    ],
    fixes: [
      'Turn TLS on: choose "verify-full".',
      'If it fails with TLS too, ask the administrator to allow your address in pg_hba.conf.',
    ],
  }),
  tlsNotSupported: (subject) => ({
    ...never,
    code: 'TLS_NOT_SUPPORTED',
    title: `The server at ${place(subject)} does not offer TLS`,
    causes: [
      'TLS is not set up on the server (ssl = off).',
      'A pooler or tunnel in between does not offer it.',
    ],
    fixes: [
      'Ask the administrator to turn TLS on.',
      isLocal(subject)
        ? 'For a server on this computer or behind a tunnel, TLS may be turned off.'
        : 'Turn TLS off only if nobody can listen on the way: passwords and data would go unencrypted.',
    ],
  }),
  certificateUntrusted: (subject) => ({
    ...never,
    code: 'TLS_UNTRUSTED',
    title: `The certificate of ${subject.fields.host} is not trusted`,
    causes: [
      issuedBy(subject),
      subject.fields.tls.caPem === null
        ? "None of this computer's authorities has signed it."
        : 'The authority given in the settings has not signed it.',
      'Somebody in between pretends to be the server.',
    ],
    fixes: [
      "Ask the administrator for the authority's certificate and add it in the TLS settings.",
      'Compare the fingerprint below with the one the administrator knows.',
    ],
  }),
  certificateOfOtherHost: (subject) => ({
    ...never,
    code: 'TLS_HOST_MISMATCH',
    title: `The certificate is not for ${subject.fields.host}`,
    causes: [
      whatItIsFor(subject),
      'The host is an alias or an address that the certificate does not name.',
      'Somebody in between pretends to be the server.',
    ],
    fixes: [
      'Use the host name that the certificate is for.',
      'If the name cannot match (a tunnel, an address), choose "verify-ca" with the authority\'s certificate.',
    ],
  }),
  certificateWithoutNames: (subject) => ({
    ...never,
    code: 'TLS_HOST_MISMATCH',
    title: `The certificate of ${subject.fields.host} has no subject alternative name`,
    causes: [
      `It names ${subject.certificate?.subject ?? 'nobody'} as its subject only. An address must be a subject alternative name.`,
    ],
    fixes: [
      `Ask the administrator for a certificate with the subject alternative name ${subject.fields.host}.`,
      'Until then, choose "verify-ca" with the authority\'s certificate: it does not compare the host.',
    ],
  }),
  bindingImpossible: () => ({
    ...never,
    code: 'TLS_FAILED',
    title: "The log-in cannot be bound to the server's certificate",
    causes: ['The certificate is signed with an algorithm that has no hash for SCRAM-SHA-256-PLUS.'],
    fixes: ['Ask the administrator for a certificate with an RSA, ECDSA or Ed25519 signature.'],
  }),
  certificateExpired: (subject) => ({
    ...never,
    code: 'TLS_EXPIRED',
    title: `The certificate of ${subject.fields.host} has expired`,
    causes: [
      `It was valid until ${subject.certificate?.validTo ?? 'some time ago'}.`,
      "This computer's clock is wrong.",
    ],
    fixes: ['Ask the administrator to renew the certificate.', "Check this computer's date and time."],
  }),
  certificateNotYetValid: (subject) => ({
    ...never,
    code: 'TLS_EXPIRED',
    title: `The certificate of ${subject.fields.host} is not valid yet`,
    causes: [
      `It is valid from ${subject.certificate?.validFrom ?? 'some time later'}.`,
      "This computer's clock is wrong.",
    ],
    fixes: ["Check this computer's date and time.", 'Ask the administrator about the certificate.'],
  }),
  tlsFailed: (subject) => ({
    ...never,
    code: 'TLS_FAILED',
    title: `TLS with ${place(subject)} could not be set up`,
    causes: [
      'The server offers only versions older than TLS 1.2, or ciphers that are no longer safe.',
      'A proxy in between interferes.',
    ],
    fixes: ['Ask the administrator to allow TLS 1.2 or later.', 'Check that no proxy stands in between.'],
  }),
  authorityUnreadable: () => ({
    ...never,
    code: 'TLS_FAILED',
    title: "The authority's certificate cannot be read",
    causes: [
      'A certificate in the TLS settings is damaged or not a PEM certificate; the text below says which.',
    ],
    fixes: [
      'Add the certificates again, each from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----".',
    ],
  }),
} satisfies Record<string, Explain>;

/** An address counts only as an entry of its own kind; as a DNS name it looks right and is not. */
function whatItIsFor({ fields, certificate }: ConnectSubject): string {
  const names = certificate?.names ?? certificate?.subject ?? 'another name';
  const isAddressAsName = isIP(bareHost(fields.host)) !== 0 && names.includes(`DNS:${bareHost(fields.host)}`);
  return isAddressAsName
    ? `It has ${bareHost(fields.host)} as a DNS name; an address must be an entry of type IP address.`
    : `It is for ${names}.`;
}

function issuedBy({ certificate }: ConnectSubject): string {
  const { subject, issuer } = certificate ?? { subject: null, issuer: null };
  if (subject !== null && subject === issuer) return 'The server signed it itself.';
  return issuer === null ? 'It names no issuer.' : `It was issued by "${issuer}".`;
}
