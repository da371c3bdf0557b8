import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { lengthPrefixed, uint32 } from '../../base/canonicalBytes.ts';
import { secretTampered } from '../vaultErrors.ts';

/**
 * Envelope, version 1: `01 | 01 | key version, 4 bytes big-endian | nonce, 12 | tag, 16 | ciphertext`.
 * The second byte is the suite: 1 is AES-256-GCM. docs/security.md has the layout of the additional data.
 */
const envelopeVersion = 1;
const suiteAes256Gcm = 1;
const cipherName = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
const nonceStart = 6;
const tagStart = nonceStart + nonceBytes;
const ciphertextStart = tagStart + tagBytes;

/** A sealing key and which version of the root key it comes from. */
export interface SealingKey {
  readonly version: number;
  /** 32 bytes; see keyDerivation.ts. */
  readonly bytes: Buffer;
}

/** What an envelope belongs to. It opens with exactly these values and no others. */
export interface EnvelopeBinding {
  readonly vaultId: string;
  readonly dataSourceId: string;
  readonly field: string;
  /** 1 for the first value of a field, one more for each later value. */
  readonly revision: number;
  /** See endpointBinding.ts. */
  readonly endpointHash: Buffer;
}

/**
 * Seals a plaintext under a fresh random nonce (96 bits, so safe for 2^32 seals with one key: NIST SP 800-38D,
 * section 8.3). The plaintext stays the caller's, to be zeroed.
 */
export function sealEnvelope(key: SealingKey, binding: EnvelopeBinding, plaintext: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(cipherName, key.bytes, nonce, { authTagLength: tagBytes });
  cipher.setAAD(additionalData(key.version, binding));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header(key.version), nonce, cipher.getAuthTag(), ciphertext]);
}

/**
 * Opens an envelope; the answer is the caller's, to be zeroed.
 * @throws SECRET_TAMPERED for any envelope that was not sealed with this key for this binding
 */
export function openEnvelope(key: SealingKey, binding: EnvelopeBinding, envelope: Buffer): Buffer {
  const isOurs =
    envelope.length >= ciphertextStart && envelope.subarray(0, nonceStart).equals(header(key.version));
  if (!isOurs) throw secretTampered(binding.field, 'The stored data is not in the format that Mooring uses.');
  // Without authTagLength Node accepts tags cut to 4 bytes.
  const nonce = envelope.subarray(nonceStart, tagStart);
  const decipher = createDecipheriv(cipherName, key.bytes, nonce, { authTagLength: tagBytes });
  decipher.setAAD(additionalData(key.version, binding));
  decipher.setAuthTag(envelope.subarray(tagStart, ciphertextStart));
  // Not to be looked at before final() has authenticated it.
  const plaintext = decipher.update(envelope.subarray(ciphertextStart));
  try {
    decipher.final();
    return plaintext;
  } catch (error) {
    plaintext.fill(0);
    throw secretTampered(
      binding.field,
      'The stored data does not match the data source it was saved for.',
      error,
    );
  }
}

function header(keyVersion: number): Buffer {
  return Buffer.concat([Buffer.from([envelopeVersion, suiteAes256Gcm]), uint32(keyVersion)]);
}

function additionalData(keyVersion: number, binding: EnvelopeBinding): Buffer {
  return lengthPrefixed([
    'mooring-secret',
    Buffer.from([envelopeVersion, suiteAes256Gcm]),
    uint32(keyVersion),
    binding.vaultId,
    binding.dataSourceId,
    binding.field,
    uint32(binding.revision),
    binding.endpointHash,
  ]);
}
