import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Signature, SignedKind } from '../Signer.ts';
import type { SealingKey } from '../secrets/envelope.ts';
import { deriveSealingKey, deriveSigningKey } from './keyDerivation.ts';

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
