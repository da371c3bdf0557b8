import { createHash } from 'node:crypto';
import { LoginFailure } from './LoginFailure.ts';

const sequence = 0x30;
const objectIdentifier = 0x06;
/** The hash inside the parameters of RSASSA-PSS (RFC 4055). */
const pssHash = 0xa0;
const rsaPss = '2a864886f70d01010a';

/** Signature algorithms by the DER bytes of their identifiers, with the hash that RFC 5929 takes for each. */
const hashes: ReadonlyMap<string, string> = new Map([
  // RSA with MD5, SHA-1, SHA-256, SHA-384, SHA-512, SHA-224. For MD5 and SHA-1 the RFC says SHA-256.
  ['2a864886f70d010104', 'sha256'],
  ['2a864886f70d010105', 'sha256'],
  ['2a864886f70d01010b', 'sha256'],
  ['2a864886f70d01010c', 'sha384'],
  ['2a864886f70d01010d', 'sha512'],
  ['2a864886f70d01010e', 'sha224'],
  // ECDSA with SHA-1, SHA-224, SHA-256, SHA-384, SHA-512.
  ['2a8648ce3d0401', 'sha256'],
  ['2a8648ce3d040301', 'sha224'],
  ['2a8648ce3d040302', 'sha256'],
  ['2a8648ce3d040303', 'sha384'],
  ['2a8648ce3d040304', 'sha512'],
  // Hashes on their own, as RSASSA-PSS names them: SHA-1, SHA-256, SHA-384, SHA-512.
  ['2b0e03021a', 'sha256'],
  ['608648016503040201', 'sha256'],
  ['608648016503040202', 'sha384'],
  ['608648016503040203', 'sha512'],
  // Ed25519. RFC 5929 does not know it; PostgreSQL and OpenSSL agree on its own hash.
  ['2b6570', 'sha512'],
]);

interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/**
 * `tls-server-end-point` (RFC 5929): the hash of the server's certificate, by which a SCRAM log-in is bound to the TLS
 * connection.
 * @param certificate in DER
 * @throws LoginFailure (tls-binding) when the certificate's signature algorithm has no hash that both sides would take
 */
export function serverEndPoint(certificate: Buffer): Buffer {
  const hash = hashes.get(signatureAlgorithm(certificate));
  if (hash !== undefined) return createHash(hash).update(certificate).digest();
  throw new LoginFailure(
    'tls-binding',
    "Mooring does not know the signature algorithm of the server's certificate.",
  );
}

/** The second part of a certificate names the algorithm (RFC 5280, section 4.1). Empty for what is no certificate. */
function signatureAlgorithm(certificate: Buffer): string {
  const whole = elementAt(certificate, 0);
  const signedPart = elementAt(certificate, whole.start);
  const algorithm = elementAt(certificate, signedPart.end);
  const name = identifierAt(certificate, algorithm.start);
  if (name !== rsaPss) return name;
  const parameters = elementAt(certificate, elementAt(certificate, algorithm.start).end);
  const hash = elementAt(certificate, parameters.start);
  if (parameters.tag !== sequence || hash.tag !== pssHash) return '';
  return identifierAt(certificate, elementAt(certificate, hash.start).start);
}

function identifierAt(bytes: Buffer, offset: number): string {
  const { tag, start, end } = elementAt(bytes, offset);
  return tag === objectIdentifier ? bytes.toString('hex', start, end) : '';
}

/** One element of DER. Beyond the end of the bytes everything is empty. */
function elementAt(bytes: Buffer, offset: number): Element {
  const first = bytes[offset + 1] ?? 0;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const start = offset + 2 + lengthBytes;
  const length =
    lengthBytes === 0 ? first : Number.parseInt(bytes.toString('hex', offset + 2, start) || '0', 16);
  return { tag: bytes[offset] ?? 0, start, end: start + length };
}
