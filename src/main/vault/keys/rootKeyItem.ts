import { createHash, timingSafeEqual } from 'node:crypto';
import { uint32 } from '../../base/canonicalBytes.ts';
import { openWithPassphraseKey, type PassphraseKey, sealWithPassphraseKey } from './passphraseKey.ts';

/** Length of a root key. */
export const rootKeyBytes = 32;

/** Which item of which root key; a wrapped one opens for no other. */
export interface RootKeyName {
  readonly vaultId: string;
  readonly version: number;
  /** 0 for what the first release wrote. */
  readonly itemNumber: number;
}

/**
 * A root key as the keychain holds it: `mrk1.<base64 of 32 bytes>.<first 8 hex digits of their SHA-256>`. Text, because
 * keychains cut values at a NUL; with a sum, so that a cut or edited item is told from another vault's key.
 */
const itemPattern = /^mrk1\.([A-Za-z0-9+/]{43}=)\.([0-9a-f]{8})$/;
/** The same wrapped by a passphrase: `mrk2.<base64 of the 90 bytes of sealWithPassphraseKey>`. */
const wrappedPattern = /^mrk2\.([A-Za-z0-9+/]{120})$/;

/** The keychain account of one item. */
export function rootKeyAccount({ vaultId, version, itemNumber }: RootKeyName): string {
  const account = `vault:${vaultId}:root:v${version}`;
  return itemNumber === 0 ? account : `${account}:i${itemNumber}`;
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

export function encodeWrappedRootKey(wrapped: Buffer): string {
  return `mrk2.${wrapped.toString('base64')}`;
}

/** What was wrapped; null when the text is no wrapped root key. */
export function decodeWrappedRootKey(item: string): Buffer | null {
  const [, base64] = wrappedPattern.exec(item) ?? [];
  return base64 === undefined ? null : Buffer.from(base64, 'base64');
}

export function wrapRootKey(key: PassphraseKey, name: RootKeyName, rootKey: Buffer): Buffer {
  return sealWithPassphraseKey(key, wrapContext(name), rootKey);
}

/** The key, to be zeroed by the caller; null for another passphrase, another item's name, and anything changed. */
export function unwrapRootKey(key: PassphraseKey, name: RootKeyName, wrapped: Buffer): Buffer | null {
  const rootKey = openWithPassphraseKey(key, wrapContext(name), wrapped);
  return rootKey?.length === rootKeyBytes ? rootKey : null;
}

function wrapContext({ vaultId, version, itemNumber }: RootKeyName): (string | Buffer)[] {
  return ['mooring-root-key', vaultId, uint32(version), uint32(itemNumber)];
}

function checksum(key: Buffer): Buffer {
  return createHash('sha256').update(key).digest().subarray(0, 4);
}
