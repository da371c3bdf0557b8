import { createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { lengthPrefixed, uint32 } from '../../../base/canonicalBytes.ts';
import { plainOpenSshKey, StringReader, UnknownKeyCipher } from './sshKeyBytes.ts';

/**
 * Private keys in PuTTY's own format (PPK), versions 2 and 3 (manual of PuTTY, appendix C). ssh2 reads version 2 with RSA
 * alone; here each becomes a key in OpenSSH's format. Whether the passphrase is right is known by the key's MAC.
 */

const cipherKeyBytes = 32;
const vectorBytes = 16;
const blockBytes = 16;
/** Lines of a part of the file; an RSA key of 16,384 bits has about 200. */
const maxLines = 2_000;

/** PuTTYgen takes 8 MiB and as many passes as take 0.1 s. Whoever asks for more than this wants to stop the computer. */
const mostCosts = { memoryKiB: 1_048_576, passes: 10_000, lanes: 16, memoryTimesPasses: 16 * 1_048_576 };
const leastMemoryPerLaneKiB = 8;
const leastSaltBytes = 8;

/** Numbers of RFC 9106 for the variants. */
const argon2Types = { Argon2d: 0, Argon2i: 1, Argon2id: 2 } as const;

interface KeyDerivation {
  readonly type: (typeof argon2Types)[keyof typeof argon2Types];
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: Buffer;
}

export interface PuttyKey {
  readonly version: 2 | 3;
  readonly type: string;
  readonly encryption: string;
  /** As bytes: PuTTY does not say in which encoding it is. */
  readonly comment: Buffer;
  readonly publicPart: Buffer;
  readonly privatePart: Buffer;
  readonly mac: Buffer;
  readonly headers: ReadonlyMap<string, string>;
}

/** @param text read as Latin-1 @returns null for what is no PPK of these versions, or is damaged */
export function readPuttyKey(text: string): PuttyKey | null {
  const [, version, type = ''] = /^PuTTY-User-Key-File-([23]): ([a-z0-9-]+)\r?$/m.exec(text) ?? [];
  if (version === undefined || !text.startsWith('PuTTY-User-Key-File-')) return null;
  const headers = headersOf(text);
  const bytesOf = (name: string, encoding: 'base64' | 'hex'): Buffer =>
    Buffer.from(headers.get(name) ?? '', encoding);
  return {
    version: version === '2' ? 2 : 3,
    type,
    encryption: headers.get('Encryption') ?? '',
    comment: Buffer.from(headers.get('Comment') ?? '', 'latin1'),
    publicPart: bytesOf('Public-Lines', 'base64'),
    privatePart: bytesOf('Private-Lines', 'base64'),
    mac: bytesOf('Private-MAC', 'hex'),
    headers,
  };
}

/** `Name: value` a line; for `…-Lines`, the value is the number of lines below that belong to it. */
function headersOf(text: string): ReadonlyMap<string, string> {
  const lines = text.split(/\r\n|\n|\r/);
  const headers = new Map<string, string>();
  for (let at = 0; at < lines.length; at += 1) {
    const [, name, value = ''] = /^([A-Za-z0-9-]+): (.*)$/.exec(lines[at] ?? '') ?? [];
    if (name === undefined) continue;
    const count = name.endsWith('-Lines') ? Math.min(Number(value) || 0, maxLines) : null;
    headers.set(name, count === null ? value : lines.slice(at + 1, at + 1 + count).join(''));
    at += count ?? 0;
  }
  return headers;
}

/**
 * The same key as text in OpenSSH's format, without encryption.
 * @param passphrase null for a key that is not encrypted
 * @returns null when the passphrase is not the right one, or the file is damaged
 * @throws UnknownKeyCipher
 */
export async function plainPuttyKey(key: PuttyKey, passphrase: string | null): Promise<string | null> {
  const derived = await deriveKeys(key, passphrase);
  try {
    const plain = passphrase === null ? key.privatePart : decrypted(key, derived);
    if (plain === null) return null;
    const { type, encryption, comment, publicPart, mac } = key;
    const hash = key.version === 2 ? 'sha1' : 'sha256';
    const sum = createHmac(hash, derived.macKey)
      .update(lengthPrefixed([type, encryption, comment, publicPart, plain]))
      .digest();
    if (sum.length !== mac.length || !timingSafeEqual(sum, mac)) return null;
    return openSshTextOf(key, plain);
  } finally {
    derived.all.fill(0);
  }
}

interface DerivedKeys {
  readonly cipherKey: Buffer;
  readonly vector: Buffer;
  readonly macKey: Buffer;
  /** All of them, to be zeroed. */
  readonly all: Buffer;
}

async function deriveKeys(key: PuttyKey, passphrase: string | null): Promise<DerivedKeys> {
  if (key.encryption !== (passphrase === null ? 'none' : 'aes256-cbc'))
    throw new UnknownKeyCipher(key.encryption);
  const typed = Buffer.from(passphrase ?? '', 'utf8');
  try {
    if (key.version === 2) return keysOfVersion2(typed);
    if (passphrase === null) return keysIn(Buffer.alloc(cipherKeyBytes + vectorBytes));
    const { type, memoryKiB, passes, lanes, salt } = derivationOf(key.headers);
    const { hashRaw } = await import('@node-rs/argon2');
    const hash = await hashRaw(typed, {
      ...{ algorithm: type, memoryCost: memoryKiB, timeCost: passes, parallelism: lanes, salt },
      outputLen: cipherKeyBytes + vectorBytes + 32,
    });
    return keysIn(hash);
  } finally {
    typed.fill(0);
  }
}

/** The MAC's key is what is left: nothing for a key of version 3 that is not encrypted. */
const keysIn = (all: Buffer): DerivedKeys => ({
  cipherKey: all.subarray(0, cipherKeyBytes),
  vector: all.subarray(cipherKeyBytes, cipherKeyBytes + vectorBytes),
  macKey: all.subarray(cipherKeyBytes + vectorBytes),
  all,
});

function keysOfVersion2(passphrase: Buffer): DerivedKeys {
  const sha1 = (...parts: readonly (string | Buffer)[]): Buffer => {
    const hash = createHash('sha1');
    for (const part of parts) hash.update(part);
    return hash.digest();
  };
  const twice = Buffer.concat([sha1(uint32(0), passphrase), sha1(uint32(1), passphrase)]);
  const cipherKey = twice.subarray(0, cipherKeyBytes);
  const macKey = sha1('putty-private-key-file-mac-key', passphrase);
  return keysIn(Buffer.concat([cipherKey, Buffer.alloc(vectorBytes), macKey]));
}

/** What the file asks for, within limits, before any work is done. */
function derivationOf(headers: ReadonlyMap<string, string>): KeyDerivation {
  const name = headers.get('Key-Derivation') ?? '';
  const numberOf = (header: string): number => Number(headers.get(header) ?? Number.NaN);
  const memoryKiB = numberOf('Argon2-Memory');
  const passes = numberOf('Argon2-Passes');
  const lanes = numberOf('Argon2-Parallelism');
  const salt = Buffer.from(headers.get('Argon2-Salt') ?? '', 'hex');
  const isWithin =
    isCount(passes, mostCosts.passes) &&
    isCount(lanes, mostCosts.lanes) &&
    isCount(memoryKiB, mostCosts.memoryKiB) &&
    memoryKiB >= leastMemoryPerLaneKiB * lanes &&
    memoryKiB * passes <= mostCosts.memoryTimesPasses;
  if (!isArgon2(name) || !isWithin || salt.length < leastSaltBytes)
    throw new UnknownKeyCipher('key derivation');
  return { type: argon2Types[name], memoryKiB, passes, lanes, salt };
}

const isArgon2 = (name: string): name is keyof typeof argon2Types => Object.hasOwn(argon2Types, name);
const isCount = (value: number, most: number): boolean =>
  Number.isInteger(value) && value >= 1 && value <= most;

/** Null for a part that is not whole blocks. The padding is a part of what the MAC covers. */
function decrypted({ privatePart }: PuttyKey, { cipherKey, vector }: DerivedKeys): Buffer | null {
  if (privatePart.length === 0 || privatePart.length % blockBytes !== 0) return null;
  const decipher = createDecipheriv('aes-256-cbc', cipherKey, vector);
  decipher.setAutoPadding(false);
  return Buffer.concat([decipher.update(privatePart), decipher.final()]);
}

/** @returns null for a key that is damaged @throws UnknownKeyCipher */
function openSshTextOf({ type, comment, publicPart }: PuttyKey, plain: Buffer): string | null {
  try {
    const fields = privateFieldsOf(type, new StringReader(publicPart, 0), new StringReader(plain, 0));
    // The same random number twice, with which OpenSSH knows a passphrase as the right one.
    const check = randomBytes(4);
    const body = Buffer.concat([check, check, lengthPrefixed([type, ...fields, comment])]);
    const padding = Buffer.from(Array.from({ length: -body.length & 7 }, (_, index) => index + 1));
    const publicList = Buffer.concat([uint32(1), lengthPrefixed([publicPart])]);
    return plainOpenSshKey(publicList, Buffer.concat([body, padding]));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The numbers of a key in the order of OpenSSH (PROTOCOL.agent of OpenSSH, section 3.2). */
function privateFieldsOf(type: string, ofPublic: StringReader, ofPrivate: StringReader): readonly Buffer[] {
  if (!ofPublic.string().equals(Buffer.from(type))) throw new RangeError('The key is of another type.');
  const next = (reader: StringReader, count: number): Buffer[] =>
    Array.from({ length: count }, () => reader.string());
  switch (type) {
    case 'ssh-rsa': {
      const [e, n] = next(ofPublic, 2) as [Buffer, Buffer];
      const [d, p, q, iqmp] = next(ofPrivate, 4) as [Buffer, Buffer, Buffer, Buffer];
      return [n, e, d, iqmp, p, q];
    }
    case 'ssh-ed25519': {
      const [point, seed] = [ofPublic.string(), ofPrivate.string()];
      // PuTTY leaves zeros at the end of the number out.
      const whole = Buffer.alloc(32);
      if (seed.length > whole.length) throw new RangeError('The number is too long.');
      seed.copy(whole);
      return [point, Buffer.concat([whole, point])];
    }
    case 'ecdsa-sha2-nistp256':
    case 'ecdsa-sha2-nistp384':
    case 'ecdsa-sha2-nistp521':
      return [...next(ofPublic, 2), ofPrivate.string()];
    case 'ssh-dss':
      return [...next(ofPublic, 4), ofPrivate.string()];
    default:
      throw new UnknownKeyCipher(type);
  }
}
