import { createHash, timingSafeEqual } from 'node:crypto';

/** Length of a root key. */
export const rootKeyBytes = 32;

/**
 * A root key as the keychain holds it: `mrk1.<base64 of 32 bytes>.<first 8 hex digits of their SHA-256>`. Text, because
 * keychains cut values at a NUL; with a sum, so that a cut or edited item is told from another vault's key.
 */
const itemPattern = /^mrk1\.([A-Za-z0-9+/]{43}=)\.([0-9a-f]{8})$/;

/** The keychain account of one version of a vault's root key. */
export function rootKeyAccount(vaultId: string, version: number): string {
  return `vault:${vaultId}:root:v${version}`;
}

export function encodeRootKey(key: Buffer): string {
  return `mrk1.${key.toString('base64')}.${checksum(key).toString('hex')}`;
}

/** The key, to be zeroed by the caller; null when the text is no root key. */
export function decodeRootKey(item: string): Buffer | null {
  const [, base64, sum] = itemPattern.exec(item) ?? [];
  if (base64 === undefined || sum === undefined) return null;
  const key = Buffer.from(base64, 'base64');
  if (key.length === rootKeyBytes && timingSafeEqual(checksum(key), Buffer.from(sum, 'hex'))) return key;
  key.fill(0);
  return null;
}

function checksum(key: Buffer): Buffer {
  return createHash('sha256').update(key).digest().subarray(0, 4);
}
