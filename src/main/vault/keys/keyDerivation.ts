import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { lengthPrefixed, uint32 } from '../../base/canonicalBytes.ts';
import type { Signature, SignedKind } from '../Signer.ts';
import type { SealingKey } from '../secrets/envelope.ts';

/**
 * A root key itself encrypts nothing: each purpose has its own key, HKDF-SHA256 (RFC 5869) of the root key with the
 * vault's id as salt and the purpose as info.
 */
function deriveKey(rootKey: Buffer, vaultId: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', rootKey, Buffer.from(vaultId, 'utf8'), purpose, 32));
}

/** The key under which secrets are sealed; to be zeroed by the caller. */
export function deriveSealingKey(rootKey: Buffer, vaultId: string): Buffer {
  return deriveKey(rootKey, vaultId, 'mooring/1/seal-secret');
}

/** The key under which one kind of rows is signed; to be zeroed by the caller. */
export function deriveSigningKey(rootKey: Buffer, vaultId: string, kind: SignedKind): Buffer {
  return deriveKey(rootKey, vaultId, `mooring/1/sign-${kind}`);
}

/**
 * What is recorded beside a key version to recognise its key: HMAC-SHA256 under a subkey of its own. It tells nothing
 * about the key, and commits to it (GCM alone does not: one envelope can be made to open under two keys).
 */
export function keyCheckValue(rootKey: Buffer, vaultId: string, version: number): Buffer {
  const key = deriveKey(rootKey, vaultId, 'mooring/1/key-check');
  try {
    return createHmac('sha256', key)
      .update(lengthPrefixed(['mooring-key-check', vaultId, uint32(version)]))
      .digest();
  } finally {
    key.fill(0);
  }
}

/** Whether this root key is the one the check value was recorded for; in constant time. */
export function matchesCheckValue(
  rootKey: Buffer,
  vaultId: string,
  version: number,
  recorded: Buffer,
): boolean {
  const expected = keyCheckValue(rootKey, vaultId, version);
  return recorded.length === expected.length && timingSafeEqual(recorded, expected);
}

/** What one version of the root key gives; lives in memory only, and is to be zeroed by who holds it. */
export interface VersionKeys {
  readonly version: number;
  readonly sealing: SealingKey;
  readonly signing: Readonly<Record<SignedKind, Buffer>>;
}

export function deriveVersionKeys(rootKey: Buffer, vaultId: string, version: number): VersionKeys {
  return {
    version,
    sealing: { version, bytes: deriveSealingKey(rootKey, vaultId) },
    signing: {
      'data-source': deriveSigningKey(rootKey, vaultId, 'data-source'),
      audit: deriveSigningKey(rootKey, vaultId, 'audit'),
      'password-command': deriveSigningKey(rootKey, vaultId, 'password-command'),
    },
  };
}

export function zeroVersionKeys(keys: VersionKeys): void {
  for (const bytes of [keys.sealing.bytes, ...Object.values(keys.signing)]) bytes.fill(0);
}

export function signWith(keys: VersionKeys, kind: SignedKind, content: Buffer): Signature {
  return { keyVersion: keys.version, mac: createHmac('sha256', keys.signing[kind]).update(content).digest() };
}

/** In constant time. */
export function isSignedWith(keys: VersionKeys, kind: SignedKind, content: Buffer, mac: Buffer): boolean {
  const expected = signWith(keys, kind, content).mac;
  return mac.length === expected.length && timingSafeEqual(mac, expected);
}
