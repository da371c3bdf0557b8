import { createPrivateKey } from 'node:crypto';
import type { ParsedKey } from 'ssh2';
import { expandHome } from '../../../base/files/homePath.ts';
import { readWhole } from '../../../base/files/readWhole.ts';
import { decryptOpenSshKey, type OpenSshKey, readOpenSshKey, UnknownKeyCipher } from './openSshKey.ts';
import { keyUnusable } from './sshErrors.ts';

/** A key of RSA with 16,384 bits has 13 kB. */
const maxKeyBytes = 256 * 1024;

type ParseKey = typeof import('ssh2').utils.parseKey;

/**
 * Reads a private key: OpenSSH, PEM (PKCS #1, PKCS #8, SEC 1) or PuTTY's PPK of version 2.
 * @param passphrase asked only for a key that is encrypted
 * @throws SSH_KEY_UNUSABLE, what `passphrase` throws
 */
export async function readPrivateKey(
  path: string,
  passphrase: () => Promise<string | null>,
  parseKey: ParseKey,
): Promise<ParsedKey> {
  const text = await readKeyText(path);
  const own = readOpenSshKey(text);
  if (!isEncryptedKey(text, own)) return parsed(path, text, undefined, parseKey);
  const secret = await passphrase();
  if (secret === null || secret === '') {
    throw keyUnusable(
      path,
      'It is encrypted, and no passphrase is given.',
      'Enter the passphrase of the key.',
    );
  }
  return own === null
    ? parsed(path, text, secret, parseKey)
    : parsed(path, await decrypted(path, own, secret), undefined, parseKey);
}

async function readKeyText(path: string): Promise<string> {
  try {
    return (await readWhole(expandHome(path), maxKeyBytes)).toString('latin1');
  } catch (cause) {
    throw keyUnusable(
      path,
      'The file cannot be read.',
      'Check the path, and whether you may read the file.',
      cause,
    );
  }
}

/** Whether a passphrase is needed, by the key's own header; whatever else is wrong with it is found when it is parsed. */
function isEncryptedKey(text: string, own: OpenSshKey | null): boolean {
  if (own !== null) return own.cipher !== 'none';
  if (/^PuTTY-User-Key-File-/.test(text)) return !/^Encryption: none\r?$/m.test(text);
  return /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(text);
}

/** A key in OpenSSH's own format without its encryption. */
async function decrypted(path: string, key: OpenSshKey, passphrase: string): Promise<string> {
  try {
    const text = await decryptOpenSshKey(key, passphrase);
    if (text !== null) return text;
  } catch (cause) {
    if (!(cause instanceof UnknownKeyCipher)) throw cause;
    const fix = 'Encrypt the key in the usual way: ssh-keygen -p -Z aes256-ctr.';
    throw keyUnusable(path, 'Its encryption is not known.', fix, cause);
  }
  throw wrongPassphrase(path, null);
}

function parsed(path: string, text: string, passphrase: string | undefined, parseKey: ParseKey): ParsedKey {
  const keys = parseKey(pkcs1Of(path, text, passphrase) ?? text, passphrase);
  const key = Array.isArray(keys) ? keys[0] : keys;
  if (key !== undefined && !(key instanceof Error) && key.isPrivateKey()) return key;
  if (passphrase !== undefined) throw wrongPassphrase(path, key);
  throw keyUnusable(
    path,
    'It is no private key that Mooring can read.',
    'Use a key in the format of OpenSSH, PEM or PuTTY (PPK, version 2).',
    key,
  );
}

/** PKCS #8 as the older forms that ssh2 reads; null for what is no PKCS #8. */
function pkcs1Of(path: string, text: string, passphrase: string | undefined): string | null {
  if (!/-----BEGIN (?:ENCRYPTED )?PRIVATE KEY-----/.test(text)) return null;
  try {
    const key = createPrivateKey({ key: text, ...(passphrase !== undefined && { passphrase }) });
    if (key.asymmetricKeyType === 'rsa') return key.export({ type: 'pkcs1', format: 'pem' }).toString();
    return key.asymmetricKeyType === 'ec' ? key.export({ type: 'sec1', format: 'pem' }).toString() : null;
  } catch (cause) {
    if (passphrase !== undefined) throw wrongPassphrase(path, cause);
    return null;
  }
}

const wrongPassphrase = (path: string, cause: unknown) =>
  keyUnusable(
    path,
    'It could not be opened with the passphrase.',
    'Enter the passphrase of the key again. A key in a rare format can be converted with ssh-keygen -p.',
    cause,
  );
