import { createDecipheriv, createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openSshMagic, plainOpenSshKey, StringReader, UnknownKeyCipher } from './sshKeyBytes.ts';

/**
 * Private keys in OpenSSH's own format (PROTOCOL.key of OpenSSH), as far as a passphrase is concerned. The derivation of
 * its key is slow on purpose, and everything would wait for it: here it goes in turns of the event loop.
 */

/** bcrypt_pbkdf gives 32 bytes at a time. */
const hashBytes = 32;
/** ssh-keygen takes 16 or 24 when it is not told otherwise. */
const maxRounds = 2_048;

/** Ciphers that ssh-keygen offers and Node knows, by its name for them: bytes of key and initialisation vector. */
const ciphers: Readonly<
  Record<string, { readonly name: string; readonly key: number; readonly iv: number }>
> = {
  'aes256-ctr': { name: 'aes-256-ctr', key: 32, iv: 16 },
  'aes192-ctr': { name: 'aes-192-ctr', key: 24, iv: 16 },
  'aes128-ctr': { name: 'aes-128-ctr', key: 16, iv: 16 },
  'aes256-cbc': { name: 'aes-256-cbc', key: 32, iv: 16 },
  'aes192-cbc': { name: 'aes-192-cbc', key: 24, iv: 16 },
  'aes128-cbc': { name: 'aes-128-cbc', key: 16, iv: 16 },
};

/** The parts of a key file; the private one may be encrypted. */
export interface OpenSshKey {
  readonly cipher: string;
  readonly kdf: string;
  readonly kdfOptions: Buffer;
  /** The number of keys and the public ones, as they stand there. */
  readonly publicPart: Buffer;
  readonly privatePart: Buffer;
}

/** The parts of a key in this format; null for what is none, or is damaged. */
export function readOpenSshKey(text: string): OpenSshKey | null {
  const [, body] = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END/.exec(text) ?? [];
  const bytes = Buffer.from(body ?? '', 'base64');
  if (!bytes.subarray(0, openSshMagic.length).equals(openSshMagic)) return null;
  try {
    const reader = new StringReader(bytes, openSshMagic.length);
    const [cipher, kdf, kdfOptions] = [reader.string(), reader.string(), reader.string()];
    const from = reader.at;
    const count = reader.uint32();
    if (count !== 1) return null;
    reader.string();
    const publicPart = bytes.subarray(from, reader.at);
    const privatePart = reader.string();
    return {
      cipher: cipher.toString('latin1'),
      kdf: kdf.toString('latin1'),
      kdfOptions,
      publicPart,
      privatePart,
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * The same key without encryption, as text.
 * @returns null when the passphrase is not the right one
 * @throws UnknownKeyCipher
 */
export async function decryptOpenSshKey(key: OpenSshKey, passphrase: string): Promise<string | null> {
  const cipher = Object.hasOwn(ciphers, key.cipher) ? ciphers[key.cipher] : undefined;
  if (cipher === undefined || key.kdf !== 'bcrypt') throw new UnknownKeyCipher(key.cipher);
  const options = new StringReader(key.kdfOptions, 0);
  const [salt, rounds] = [options.string(), options.uint32()];
  if (rounds < 1 || rounds > maxRounds) throw new UnknownKeyCipher(`${rounds} rounds`);
  const derived = await deriveKey(Buffer.from(passphrase, 'utf8'), salt, cipher.key + cipher.iv, rounds);
  const decipher = createDecipheriv(
    cipher.name,
    derived.subarray(0, cipher.key),
    derived.subarray(cipher.key),
  );
  decipher.setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(key.privatePart), decipher.final()]);
  derived.fill(0);
  // The same random number twice: anything else was not decrypted.
  if (plain.length < 8 || plain.readUInt32BE(0) !== plain.readUInt32BE(4)) return null;
  return plainOpenSshKey(key.publicPart, plain);
}

/** bcrypt_pbkdf of OpenBSD: like PBKDF2, with the bytes of each block spread over the whole key. */
async function deriveKey(passphrase: Buffer, salt: Buffer, length: number, rounds: number): Promise<Buffer> {
  const { default: bcrypt } = await import('bcrypt-pbkdf');
  const sha2pass = sha512(passphrase);
  const blockCount = Math.ceil(length / hashBytes);
  const key = Buffer.alloc(length);
  for (let block = 0; block < blockCount; block += 1) {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(block + 1);
    const sum = Buffer.alloc(hashBytes);
    let last = Buffer.concat([salt, number]);
    for (let round = 0; round < rounds; round += 1) {
      const out = Buffer.alloc(hashBytes);
      bcrypt.hash(sha2pass, sha512(last), out);
      for (let at = 0; at < hashBytes; at += 1) sum.writeUInt8(sum.readUInt8(at) ^ out.readUInt8(at), at);
      last = out;
      await nextTurn();
    }
    for (let at = 0; at * blockCount + block < length; at += 1)
      key[at * blockCount + block] = sum.readUInt8(at);
  }
  return key;
}

const sha512 = (bytes: Buffer): Buffer => createHash('sha512').update(bytes).digest();
