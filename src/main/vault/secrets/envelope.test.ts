import { randomBytes, webcrypto } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../../base/AppError.ts';
import { deriveSealingKey } from '../keys/keyDerivation.ts';
import { type EnvelopeBinding, openEnvelope, type SealingKey, sealEnvelope } from './envelope.ts';

const vaultId = '0f8fad5b-d9cb-469f-a165-70867728950e';
const rootKey = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
const key: SealingKey = { version: 1, bytes: deriveSealingKey(rootKey, vaultId) };
const binding: EnvelopeBinding = {
  vaultId,
  dataSourceId: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  field: 'password',
  revision: 3,
  endpointHash: Buffer.alloc(32, 0xe1),
};

/**
 * A second implementation, through Web Crypto and from the layout in docs/security.md alone: what it opens was sealed as
 * documented, by whatever code. Rejects when the tag does not fit.
 */
async function decodeAsDocumented(root: Buffer, bound: EnvelopeBinding, envelope: Buffer): Promise<string> {
  const { subtle } = webcrypto;
  const text = new TextEncoder();
  const master = await subtle.importKey('raw', root, 'HKDF', false, ['deriveKey']);
  const sealing = await subtle.deriveKey(
    {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: text.encode(bound.vaultId),
      info: text.encode('mooring/1/seal-secret'),
    },
    master,
    { name: 'AES-GCM', length: 256 },
    false,
    ['decrypt'],
  );
  const number = (value: number): Uint8Array => {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value, false);
    return bytes;
  };
  const fields = [
    text.encode('mooring-secret'),
    envelope.subarray(0, 2),
    envelope.subarray(2, 6),
    text.encode(bound.vaultId),
    text.encode(bound.dataSourceId),
    text.encode(bound.field),
    number(bound.revision),
    bound.endpointHash,
  ];
  const additionalData = Buffer.concat(fields.flatMap((field) => [number(field.length), field]));
  const plain = await subtle.decrypt(
    { name: 'AES-GCM', iv: envelope.subarray(6, 18), additionalData, tagLength: 128 },
    sealing,
    // Web Crypto wants the tag behind the ciphertext.
    Buffer.concat([envelope.subarray(34), envelope.subarray(18, 34)]),
  );
  return new TextDecoder().decode(plain);
}

const open = (envelope: Buffer, bound = binding, with_ = key): string =>
  openEnvelope(with_, bound, envelope).toString('utf8');

const seal = (text: string, bound = binding, with_ = key): Buffer =>
  sealEnvelope(with_, bound, Buffer.from(text, 'utf8'));

/** Passes only when opening ends in SECRET_TAMPERED; any plaintext and any other error fails. */
function expectTampered(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    expect(isAppError(error) ? error.code : error).toBe('SECRET_TAMPERED');
    return;
  }
  expect.fail('It opened.');
}

const secretText = fc.string({ unit: 'grapheme', maxLength: 200 });

describe('envelope', () => {
  it('opens what an earlier version sealed: fixed vectors', () => {
    for (const { envelope, plaintext } of vectors) {
      expect(open(Buffer.from(envelope, 'hex'))).toBe(plaintext);
    }
  });

  it('gives back any text byte for byte, and an independent decoder reads the same', async () => {
    await fc.assert(
      fc.asyncProperty(secretText, fc.integer({ min: 1, max: 0xffff_ffff }), async (text, revision) => {
        const bound = { ...binding, revision };
        const envelope = seal(text, bound);
        expect(open(envelope, bound)).toBe(text);
        expect(await decodeAsDocumented(rootKey, bound, envelope)).toBe(text);
      }),
    );
  });

  it('never opens with any single bit changed', () => {
    const envelope = seal('correct horse');
    for (let bit = 0; bit < envelope.length * 8; bit += 1) {
      const changed = Buffer.from(envelope);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expectTampered(() => open(changed));
    }
  });

  it('never opens cut, lengthened, or made of arbitrary bytes', () => {
    const envelope = seal('correct horse');
    for (let length = 0; length < envelope.length; length += 1) {
      expectTampered(() => open(envelope.subarray(0, length)));
    }
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 80 }), (bytes) => {
        expectTampered(() => open(Buffer.concat([envelope, bytes])));
        expectTampered(() => open(Buffer.from(bytes)));
        expectTampered(() => open(Buffer.concat([envelope.subarray(0, 6), bytes])));
      }),
    );
  });

  it('never opens in the place of another: data source, field, revision, vault, endpoint and key all bind', () => {
    const text = fc.string({ minLength: 0, maxLength: 12 });
    const place = fc.record({
      vaultId: text,
      dataSourceId: text,
      field: text,
      revision: fc.integer({ min: 0, max: 5 }),
      endpointHash: fc.constantFrom(Buffer.alloc(32), Buffer.alloc(32, 1)),
    });
    fc.assert(
      fc.property(place, place, secretText, (here, there, value) => {
        const same = JSON.stringify(here) === JSON.stringify(there);
        const envelope = seal(value, here);
        if (same) expect(open(envelope, there)).toBe(value);
        else expectTampered(() => open(envelope, there));
      }),
    );
  });

  it('does not mistake one field’s end for the next one’s beginning', () => {
    const envelope = seal('value', { ...binding, dataSourceId: 'ab', field: 'c' });
    expectTampered(() => open(envelope, { ...binding, dataSourceId: 'a', field: 'bc' }));
  });

  it('does not open with another root key, nor with the same key under another version', () => {
    const envelope = seal('value');
    expectTampered(() => open(envelope, binding, { version: 1, bytes: randomBytes(32) }));
    expectTampered(() => open(envelope, binding, { ...key, version: 2 }));
  });

  it('seals the same value differently each time, so that equal passwords do not show', () => {
    expect(seal('same').equals(seal('same'))).toBe(false);
  });
});

/** Sealed with the key and binding above; made by Python's `cryptography` 48 from docs/security.md. */
const vectors: readonly { readonly envelope: string; readonly plaintext: string }[] = [
  { envelope: '010100000001000102030405060708090a0b7e19f3b04c0b3fa8430f7336e08dec22', plaintext: '' },
  {
    envelope:
      '0101000000016465666768696a6b6c6d6e6f35d3bb96be6afb11dbfe7e174884fc4d373bc80f3632ccec85b63031d4ccef',
    plaintext: 'pässwörd 🐘',
  },
];
