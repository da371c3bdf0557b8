/** What is signed; each kind has a key of its own. */
export type SignedKind = 'data-source' | 'audit' | 'password-command';

/** HMAC-SHA256 under a subkey of one version of the root key. */
export interface Signature {
  readonly keyVersion: number;
  /** 32 bytes. */
  readonly mac: Buffer;
}

/**
 * Signs and checks rows that lie outside of the envelopes. Synchronous, so that it can be a part of a transaction: it
 * works with the keys that are in memory and asks nobody for others.
 */
export interface Signer {
  /** Null while the active key is not in memory. */
  sign(kind: SignedKind, content: Buffer): Signature | null;
  /** `unknown` while the key of that version is not in memory. */
  check(kind: SignedKind, content: Buffer, signature: Signature): 'right' | 'wrong' | 'unknown';
}
