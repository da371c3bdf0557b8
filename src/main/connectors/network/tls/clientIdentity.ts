import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { SecureContextOptions } from 'node:tls';
import type { ClientCertificate } from '../../../../shared/model/tls.ts';
import { expandHome } from '../../../base/files/homePath.ts';
import { readWhole } from '../../../base/files/readWhole.ts';
import { fileUnreadable, type TlsFile, tlsFileUnusable } from './tlsErrors.ts';

/** A chain of ten certificates with keys of 16,384 bits has 60 kB. */
const maxFileBytes = 256 * 1024;

const certificateBlock = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/;
const keyBlock = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[\s\S]*?-----END (?:[A-Z]+ )*PRIVATE KEY-----/;

/** By what this computer shows a server who it is. */
export interface ClientIdentity {
  /** What a secure context is made with. */
  readonly material: Pick<SecureContextOptions, 'cert' | 'key' | 'pfx' | 'passphrase'>;
  /** Another one when a file or the passphrase is another one. */
  readonly digest: string;
  /** What the person calls it: where it stands. */
  readonly path: string;
}

/** Gives the passphrase when it is needed; null when there is none. */
export type AskPassphrase = () => Promise<string | null>;

/**
 * Reads a certificate with its key: PEM, DER, or both in a PKCS #12 file. At each connect, so that renewed files are
 * followed; nothing is copied.
 * @param passphrase asked only for a key that is encrypted, and for PKCS #12
 * @throws TLS_FILE_UNUSABLE, what `passphrase` throws
 */
export async function readClientIdentity(
  client: ClientCertificate,
  passphrase: AskPassphrase,
): Promise<ClientIdentity> {
  if (client.type === 'pkcs12') {
    const pfx = await readTlsFile('client certificate', client.path);
    // One without a passphrase is sealed with an empty one.
    const secret = (await passphrase()) ?? '';
    return { material: { pfx, passphrase: secret }, digest: digestOf(pfx, secret), path: client.path };
  }
  const { certificatePath, keyPath } = client;
  const [certificate, key] = await Promise.all([
    readTlsFile('client certificate', certificatePath),
    readTlsFile('key of the client certificate', keyPath),
  ]);
  const { pem, first } = chainOf(certificatePath, certificate);
  const opened = await openKey(keyPath, key, passphrase);
  if (!first.checkPrivateKey(opened)) throw keyOfAnother(keyPath, certificatePath);
  const keyPem = opened.export({ type: 'pkcs8', format: 'pem' });
  return { material: { cert: pem, key: keyPem }, digest: digestOf(pem, keyPem), path: certificatePath };
}

async function readTlsFile(file: TlsFile, path: string): Promise<Buffer> {
  try {
    return await readWhole(expandHome(path), maxFileBytes);
  } catch (cause) {
    throw fileUnreadable(file, path, cause);
  }
}

function digestOf(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(createHash('sha256').update(part).digest());
  return hash.digest('base64');
}

/** The certificate and those that stand behind it, as PEM. */
function chainOf(path: string, bytes: Buffer): { readonly pem: string; readonly first: X509Certificate } {
  const text = bytes.toString('latin1');
  const isPem = certificateBlock.test(text);
  try {
    const first = new X509Certificate(isPem ? text : bytes);
    return { pem: isPem ? text : first.toString(), first };
  } catch (cause) {
    throw tlsFileUnusable(
      'client certificate',
      path,
      'It is no certificate that Mooring can read.',
      'Choose a certificate in PEM or DER. For a file with the certificate and its key (.p12, .pfx), choose PKCS #12.',
      cause,
    );
  }
}

/** @throws TLS_FILE_UNUSABLE, what `passphrase` throws */
async function openKey(path: string, bytes: Buffer, passphrase: AskPassphrase): Promise<KeyObject> {
  const [pem] = keyBlock.exec(bytes.toString('latin1')) ?? [];
  const isEncrypted =
    pem === undefined ? isEncryptedDer(bytes) : /-----BEGIN ENCRYPTED|^Proc-Type: 4,ENCRYPTED/m.test(pem);
  if (!isEncrypted) return parsedKey(path, pem ?? bytes, null);
  const secret = await passphrase();
  if (secret === null || secret === '') {
    throw keyUnusable(
      path,
      'It is encrypted, and no passphrase is given.',
      'Enter the passphrase under Encryption.',
    );
  }
  return parsedKey(path, pem ?? bytes, secret);
}

function parsedKey(path: string, key: string | Buffer, secret: string | null): KeyObject {
  const passphrase = secret === null ? {} : { passphrase: secret };
  const readings =
    typeof key === 'string'
      ? [{ key, ...passphrase }]
      : (['pkcs8', 'pkcs1', 'sec1'] as const).map((type) => ({
          ...{ key, format: 'der' as const, type },
          ...passphrase,
        }));
  let failure: unknown = null;
  for (const reading of readings) {
    try {
      return createPrivateKey(reading);
    } catch (error) {
      failure ??= error;
    }
  }
  if (isUnknownEncryption(failure)) {
    throw keyUnusable(
      path,
      'It is encrypted in a way that is not supported here.',
      'Write it again with openssl pkcs8 -topk8 -v2 aes-256-cbc, which asks for the old passphrase and a new one.',
      failure,
    );
  }
  throw secret === null
    ? keyUnusable(
        path,
        'It is no private key that Mooring can read.',
        'Choose a key in PEM or DER (PKCS #1, PKCS #8, SEC 1).',
        failure,
      )
    : keyUnusable(
        path,
        'It could not be opened with the passphrase.',
        'Enter the passphrase again. A key with an old kind of encryption can be written again with openssl pkcs8 -topk8.',
        failure,
      );
}

/** Ways to derive a key from a passphrase that BoringSSL, which Electron has, does not know: scrypt, and HMAC with SHA-512. */
const unknownEncryption = /^ERR_OSSL_UNSUPPORTED_(?:PRF|KEY_DERIVATION_FUNCTION|CIPHER)$/;

/** Whether the passphrase was not even tried. */
const isUnknownEncryption = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && unknownEncryption.test(String(error.code));

/** PKCS #8 (RFC 5958): an encrypted key begins with the sequence that names its encryption, a plain one with a number. */
function isEncryptedDer(bytes: Buffer): boolean {
  const lengthBytes = (bytes[1] ?? 0) > 0x80 ? (bytes[1] ?? 0) - 0x80 : 0;
  return bytes[0] === 0x30 && bytes[2 + lengthBytes] === 0x30;
}

const keyUnusable = (path: string, problem: string, fix: string, cause?: unknown) =>
  tlsFileUnusable('key of the client certificate', path, problem, fix, cause);

const keyOfAnother = (keyPath: string, certificatePath: string) =>
  keyUnusable(
    keyPath,
    `It is not the key of the certificate in ${certificatePath}.`,
    'Choose the key that the certificate was issued for. In the certificate file, your own certificate stands first.',
  );
