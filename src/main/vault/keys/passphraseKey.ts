import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { lengthPrefixed, uint32 } from '../../base/canonicalBytes.ts';

/** Costs of Argon2id (RFC 9106). */
export interface Argon2Costs {
  readonly memoryKiB: number;
  readonly passCount: number;
  readonly laneCount: number;
}

/** About 0.1 to 0.2 s on a laptop of today; three times the memory of OWASP's least costs. */
export const usualCosts: Argon2Costs = { memoryKiB: 65_536, passCount: 3, laneCount: 4 };
/** OWASP Password Storage Cheat Sheet: m=19 MiB, t=2, p=1. Cheaper ones were written by somebody who wants to guess. */
export const leastCosts: Argon2Costs = { memoryKiB: 19_456, passCount: 2, laneCount: 1 };
/** Dearer ones were written by somebody who wants to stop the computer. */
const mostCosts: Argon2Costs = { memoryKiB: 1_048_576, passCount: 16, laneCount: 16 };

const version = 1;
const kdfArgon2id = 1;
const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;
const costsStart = 2;
const saltStart = costsStart + 12;
/** Length of a header: `01 | 01 | memory in KiB | passes | lanes, 4 bytes each, big-endian | salt, 16`. */
export const passphraseHeaderBytes = saltStart + saltBytes;
const cipherName = 'aes-256-gcm';

/** A key made from a passphrase, with the header that makes it again. `bytes` are to be zeroed by who holds it. */
export interface PassphraseKey {
  readonly header: Buffer;
  readonly bytes: Buffer;
}

/** A key with a fresh salt, for something new. */
export function newPassphraseKey(
  passphrase: string,
  costs: Argon2Costs = usualCosts,
): Promise<PassphraseKey> {
  const header = Buffer.concat([
    Buffer.from([version, kdfArgon2id]),
    uint32(costs.memoryKiB),
    uint32(costs.passCount),
    uint32(costs.laneCount),
    randomBytes(saltBytes),
  ]);
  return derive(passphrase, header, costs);
}

/**
 * The key that a passphrase makes with the header of something sealed; null when the header is none of ours or its costs
 * are out of bounds, which is checked before anything is computed. A wrong passphrase makes a key that opens nothing.
 */
export async function passphraseKeyFor(passphrase: string, header: Buffer): Promise<PassphraseKey | null> {
  const costs = readCosts(header);
  return costs === null ? null : derive(passphrase, Buffer.from(header), costs);
}

/**
 * Seals under a key made from a passphrase: `header | nonce, 12 | tag, 16 | ciphertext`.
 * @param context what it is and what it belongs to; together with the header it is authenticated
 */
export function sealWithPassphraseKey(
  key: PassphraseKey,
  context: readonly (string | Buffer)[],
  plaintext: Buffer,
): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(cipherName, key.bytes, nonce, { authTagLength: tagBytes });
  cipher.setAAD(lengthPrefixed([key.header, ...context]));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([key.header, nonce, cipher.getAuthTag(), ciphertext]);
}

/**
 * The plaintext, to be zeroed by the caller; null for anything that was not sealed under this key in this context. A
 * wrong passphrase and a changed byte cannot be told apart.
 */
export function openWithPassphraseKey(
  key: PassphraseKey,
  context: readonly (string | Buffer)[],
  sealed: Buffer,
): Buffer | null {
  const ciphertextStart = passphraseHeaderBytes + nonceBytes + tagBytes;
  if (sealed.length < ciphertextStart || !headerOf(sealed).equals(key.header)) return null;
  const tagStart = passphraseHeaderBytes + nonceBytes;
  const nonce = sealed.subarray(passphraseHeaderBytes, tagStart);
  // Without authTagLength Node accepts tags cut to 4 bytes.
  const decipher = createDecipheriv(cipherName, key.bytes, nonce, { authTagLength: tagBytes });
  decipher.setAAD(lengthPrefixed([key.header, ...context]));
  decipher.setAuthTag(sealed.subarray(tagStart, ciphertextStart));
  // Not to be looked at before final() has authenticated it.
  const plaintext = decipher.update(sealed.subarray(ciphertextStart));
  try {
    decipher.final();
    return plaintext;
  } catch {
    plaintext.fill(0);
    return null;
  }
}

/** The part of something sealed that makes its key again. */
export function headerOf(sealed: Buffer): Buffer {
  return sealed.subarray(0, passphraseHeaderBytes);
}

function readCosts(header: Buffer): Argon2Costs | null {
  if (header.length !== passphraseHeaderBytes || header[0] !== version || header[1] !== kdfArgon2id)
    return null;
  const costs = {
    memoryKiB: header.readUInt32BE(costsStart),
    passCount: header.readUInt32BE(costsStart + 4),
    laneCount: header.readUInt32BE(costsStart + 8),
  };
  return isWithin(costs.memoryKiB, 'memoryKiB') &&
    isWithin(costs.passCount, 'passCount') &&
    isWithin(costs.laneCount, 'laneCount')
    ? costs
    : null;
}

function isWithin(cost: number, which: keyof Argon2Costs): boolean {
  return cost >= leastCosts[which] && cost <= mostCosts[which];
}

/**
 * NFKC, so that a passphrase typed on another keyboard or system is the same bytes (NIST SP 800-63B, 5.1.1.2). What
 * Argon2 gives is not the key itself but what it is derived from, so that it can serve other purposes later.
 */
async function derive(passphrase: string, header: Buffer, costs: Argon2Costs): Promise<PassphraseKey> {
  const typed = Buffer.from(passphrase.normalize('NFKC'), 'utf8');
  try {
    // On first use: most people never have a passphrase. Its default algorithm is Argon2id (its enum is ambient only).
    const { hashRaw } = await import('@node-rs/argon2');
    const hash = await hashRaw(typed, {
      memoryCost: costs.memoryKiB,
      timeCost: costs.passCount,
      parallelism: costs.laneCount,
      salt: header.subarray(saltStart),
      outputLen: 32,
    });
    const bytes = Buffer.from(hkdfSync('sha256', hash, Buffer.alloc(0), 'mooring/1/passphrase-seal', 32));
    hash.fill(0);
    return { header, bytes };
  } finally {
    typed.fill(0);
  }
}
