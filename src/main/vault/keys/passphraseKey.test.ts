import { webcrypto } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Argon2Costs,
  headerOf,
  leastCosts,
  newPassphraseKey,
  openWithPassphraseKey,
  type PassphraseKey,
  passphraseHeaderBytes,
  passphraseKeyFor,
  sealWithPassphraseKey,
} from './passphraseKey.ts';
import { unwrapRootKey } from './rootKeyItem.ts';

const context = ['test', Buffer.from([1, 2, 3])];
const plaintext = Buffer.from('what is sealed');

let key: PassphraseKey;
let sealed: Buffer;
beforeAll(async () => {
  key = await newPassphraseKey('a passphrase', leastCosts);
  sealed = sealWithPassphraseKey(key, context, plaintext);
});

async function openWith(passphrase: string, bytes: Buffer, bound = context): Promise<Buffer | null> {
  const made = await passphraseKeyFor(passphrase, headerOf(bytes));
  return made === null ? null : openWithPassphraseKey(made, bound, bytes);
}

function withCosts({ memoryKiB, passCount, laneCount }: Argon2Costs): Buffer {
  const header = Buffer.from(key.header);
  header.writeUInt32BE(memoryKiB, 2);
  header.writeUInt32BE(passCount, 6);
  header.writeUInt32BE(laneCount, 10);
  return header;
}

/** Made by Python's argon2-cffi 25.1 and cryptography 50.0 from docs/security.md. */
const vectors = [
  {
    what: 'the least costs, and a passphrase that NFKC changes',
    passphrase: 'pa\u0308ssw\u00f6rd \ufb01 🐘',
    sealed:
      '010100004c000000000200000001a0a1a2a3a4a5a6a7a8a9aaabacadaeaf0102030405060708090a0b0c918bc97c1eb7f7f6d2439b103a2bb3d26ca2326b2c1cc846f5a28f7409f4cdade128ad480d1b1d1f4723eedf4301544d',
  },
  {
    what: 'the usual costs',
    passphrase: 'correct horse battery staple',
    sealed:
      '0101000100000000000300000004a0a1a2a3a4a5a6a7a8a9aaabacadaeaf0102030405060708090a0b0cf67247aa05746bcc6b047f8fe1c3ff0ba5563610bbe9147f1fa72df7171663a57f8a0ac195900071221bb25fb0e8bcbc',
  },
];

describe('passphraseKey', () => {
  it.each(vectors)('opens a root key wrapped by another implementation: $what', async (vector) => {
    const wrapped = Buffer.from(vector.sealed, 'hex');
    const name = { vaultId: '0f8fad5b-d9cb-469f-a165-70867728950e', version: 3, itemNumber: 77 };
    const made = await passphraseKeyFor(vector.passphrase, headerOf(wrapped));
    if (made === null) throw new Error('The header was not taken.');
    expect(unwrapRootKey(made, name, wrapped)).toEqual(Buffer.from(Array.from({ length: 32 }, (_, i) => i)));
    expect(unwrapRootKey(made, { ...name, itemNumber: 78 }, wrapped)).toBeNull();
    expect(unwrapRootKey(made, { ...name, version: 4 }, wrapped)).toBeNull();
  });

  it('opens with the same passphrase, however its letters were composed, and with no other', async () => {
    const made = await newPassphraseKey('Ärger mit ﬁ', leastCosts);
    const bytes = sealWithPassphraseKey(made, context, plaintext);
    expect(await openWith('A\u0308rger mit fi', bytes)).toEqual(plaintext);
    for (const other of ['ärger mit ﬁ', 'Ärger mit ﬁ ', 'Arger mit fi', '']) {
      expect(await openWith(other, bytes)).toBeNull();
    }
  });

  it('makes another key each time, with usual costs of 64 MiB, 3 passes and 4 lanes', async () => {
    const [first, second] = [await newPassphraseKey('same'), await newPassphraseKey('same')];
    expect(first.bytes.equals(second.bytes)).toBe(false);
    expect(first.header.subarray(0, 14).toString('hex')).toBe('0101000100000000000300000004');
    expect(first.header.subarray(14).equals(second.header.subarray(14))).toBe(false);
  });

  it.each([
    ['less memory', { ...leastCosts, memoryKiB: 19_455 }],
    ['fewer passes', { ...leastCosts, passCount: 1 }],
    ['no lane', { ...leastCosts, laneCount: 0 }],
    ['more memory', { ...leastCosts, memoryKiB: 1_048_577 }],
    ['all memory there is', { ...leastCosts, memoryKiB: 0xffff_ffff }],
    ['more passes', { ...leastCosts, passCount: 17 }],
    ['more lanes', { ...leastCosts, laneCount: 17 }],
  ])('makes no key with costs out of bounds: %s', async (_, costs) => {
    expect(await passphraseKeyFor('a passphrase', withCosts(costs))).toBeNull();
  });

  it('refuses headers that are cut, too long, or of another version or derivation', async () => {
    const { header } = key;
    for (const other of [
      Buffer.alloc(0),
      header.subarray(0, passphraseHeaderBytes - 1),
      Buffer.concat([header, Buffer.alloc(1)]),
      Buffer.concat([Buffer.from([2]), header.subarray(1)]),
      Buffer.concat([Buffer.from([1, 2]), header.subarray(2)]),
    ]) {
      expect(await passphraseKeyFor('a passphrase', other)).toBeNull();
    }
  });

  it('never opens with any single bit changed, under the key it was sealed with', () => {
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(openWithPassphraseKey(key, context, changed)).toBeNull();
    }
  });

  it('never opens with cheaper costs or another salt written into it, though the key is made anew', async () => {
    const dearer = await newPassphraseKey('a passphrase', { ...leastCosts, passCount: 3 });
    const bytes = sealWithPassphraseKey(dearer, context, plaintext);
    bytes.writeUInt32BE(2, 6);
    expect(await openWith('a passphrase', bytes)).toBeNull();
    bytes.writeUInt32BE(3, 6);
    expect(await openWith('a passphrase', bytes)).toEqual(plaintext);
    bytes.writeUInt8(bytes.readUInt8(14) ^ 1, 14);
    expect(await openWith('a passphrase', bytes)).toBeNull();
  });

  it('never opens cut, lengthened or made of arbitrary bytes, and never crashes', () => {
    for (let length = 0; length < sealed.length; length += 1) {
      expect(openWithPassphraseKey(key, context, sealed.subarray(0, length))).toBeNull();
    }
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 120 }), (bytes) => {
        expect(openWithPassphraseKey(key, context, Buffer.from(bytes))).toBeNull();
        expect(openWithPassphraseKey(key, context, Buffer.concat([sealed, bytes]))).toBeNull();
        expect(openWithPassphraseKey(key, context, Buffer.concat([key.header, bytes]))).toBeNull();
      }),
    );
  });

  it('opens in its own context only, for any plaintext', () => {
    const contextArbitrary = fc.array(fc.string({ maxLength: 4 }), { maxLength: 3 });
    fc.assert(
      fc.property(
        contextArbitrary,
        contextArbitrary,
        fc.uint8Array({ maxLength: 64 }),
        (own, other, bytes) => {
          const content = Buffer.from(bytes);
          const sealedHere = sealWithPassphraseKey(key, own, content);
          expect(openWithPassphraseKey(key, own, sealedHere)).toEqual(content);
          const isSame = JSON.stringify(own) === JSON.stringify(other);
          expect(openWithPassphraseKey(key, other, sealedHere) === null).toBe(!isSame);
        },
      ),
    );
  });

  it('is read by an independent decoder (Web Crypto) under the same key', async () => {
    const { subtle } = webcrypto;
    const length = (bytes: Uint8Array) => {
      const prefix = Buffer.alloc(4);
      prefix.writeUInt32BE(bytes.length);
      return [prefix, bytes];
    };
    const parts = [key.header, Buffer.from('test'), Buffer.from([1, 2, 3])];
    const imported = await subtle.importKey('raw', key.bytes, 'AES-GCM', false, ['decrypt']);
    const opened = await subtle.decrypt(
      { name: 'AES-GCM', iv: sealed.subarray(30, 42), additionalData: Buffer.concat(parts.flatMap(length)) },
      imported,
      Buffer.concat([sealed.subarray(58), sealed.subarray(42, 58)]),
    );
    expect(Buffer.from(opened)).toEqual(plaintext);
  });
});
