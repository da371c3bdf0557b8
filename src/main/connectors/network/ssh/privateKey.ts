import { createPrivateKey } from 'node:crypto';
import type { ParsedKey } from 'ssh2';
import { expandHome } from '../../../base/files/homePath.ts';
import { readWhole } from '../../../base/files/readWhole.ts';
import { decryptOpenSshKey, type OpenSshKey, readOpenSshKey } from './openSshKey.ts';
import { type PuttyKey, plainPuttyKey, readPuttyKey } from './puttyKey.ts';
import { keyUnusable } from './sshErrors.ts';
import { UnknownKeyCipher } from './sshKeyBytes.ts';

/** A key of RSA with 16,384 bits has 13 kB. */
const maxKeyBytes = 256 * 1024;

type ParseKey = typeof import('ssh2').utils.parseKey;

/**
 * Reads a private key: OpenSSH, PEM (PKCS #1, PKCS #8, SEC 1) or PuTTY's PPK of version 2 or 3.
 * @param passphrase asked only for a key that is encrypted
 * @throws SSH_KEY_UNUSABLE, what `passphrase` throws
 */
export async function readPrivateKey(
  path: string,
  passphrase: () => Promise<string | null>,
  parseKey: ParseKey,
): Promise<ParsedKey> {
  const text = await readKeyText(path);
  const openSsh = readOpenSshKey(text);
  const putty = readPuttyKey(text);
  const secret = isEncryptedKey(text, openSsh, putty) ? await givenPassphrase(path, passphrase) : null;
  if (putty !== null) {
    const plain = await plainKey(path, secret, () => plainPuttyKey(putty, secret));
    return parsed(path, plain, undefined, parseKey);
  }
  if (openSsh !== null && secret !== null) {
    const plain = await plainKey(path, secret, () => decryptOpenSshKey(openSsh, secret));
    return parsed(path, plain, undefined, parseKey);
  }
  return parsed(path, text, secret ?? undefined, parseKey);
}

async function givenPassphrase(path: string, passphrase: () => Promise<string | null>): Promise<string> {
  const secret = await passphrase();
  if (secret !== null && secret !== '') return secret;
  throw keyUnusable(path, 'It is encrypted, and no passphrase is given.', 'Enter the passphrase of the key.');
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
function isEncryptedKey(text: string, openSsh: OpenSshKey | null, putty: PuttyKey | null): boolean {
  if (openSsh !== null) return openSsh.cipher !== 'none';
  if (putty !== null) return putty.encryption !== 'none';
  return /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(text);
}

/** A key in a format of OpenSSH or PuTTY without its encryption. */
async function plainKey(
  path: string,
  passphrase: string | null,
  open: () => Promise<string | null>,
): Promise<string> {
  try {
    const text = await open();
    if (text !== null) return text;
  } catch (cause) {
    if (!(cause instanceof UnknownKeyCipher)) throw cause;
    throw keyUnusable(
      path,
      'Its type or its encryption is not known, or asks for too much work.',
      'Save the key again with the usual settings: ssh-keygen -p -Z aes256-ctr, or “Save private key” in PuTTYgen.',
      cause,
    );
  }
  if (passphrase !== null) throw wrongPassphrase(path, null);
  throw keyUnusable(
    path,
    'The file is damaged: its checksum is wrong.',
    'Copy the key from its source again.',
  );
}

function parsed(path: string, text: string, passphrase: string | undefined, parseKey: ParseKey): ParsedKey {
  const keys = parseKey(pkcs1Of(path, text, passphrase) ?? text, passphrase);
  const key = Array.isArray(keys) ? keys[0] : keys;
  if (key !== undefined && !(key instanceof Error) && key.isPrivateKey()) return key;
  if (passphrase !== undefined) throw wrongPassphrase(path, key);
  throw keyUnusable(
    path,
    'It is no private key that Mooring can read.',
    'Use a key in the format of OpenSSH, PEM or PuTTY (PPK, version 2 or 3).',
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
