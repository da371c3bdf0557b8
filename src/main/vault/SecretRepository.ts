import type { DataSourceId } from '../../shared/model/ids.ts';

/** Which secret of which data source. */
export interface SecretRef {
  readonly dataSourceId: DataSourceId;
  /** `password`; later also key passphrases and private keys. */
  readonly field: string;
}

/** A sealed secret as it is kept. The envelope's layout is the vault's business. */
export interface SealedSecret extends SecretRef {
  readonly envelope: Buffer;
  readonly keyVersion: number;
  readonly revision: number;
}

/** A root key version that must exist in the keychain, with a value that proves a key is the right one. */
export interface KeyVersionRecord {
  readonly version: number;
  readonly state: 'active' | 'retired';
  /** Check value: HMAC over a constant under a subkey; says nothing about the key. */
  readonly check: Buffer;
  readonly createdAt: number;
}

/** What the vault needs kept; implemented by the store. All methods are synchronous and transactional. */
export interface SecretRepository {
  /** Random id of this vault, made once. */
  vaultId(): string;
  keyVersions(): KeyVersionRecord[];
  addKeyVersion(record: KeyVersionRecord): void;
  find(ref: SecretRef): SealedSecret | null;
  /** Inserts or replaces. */
  put(secret: SealedSecret): void;
  remove(ref: SecretRef): void;
  listFor(dataSourceId: DataSourceId): SealedSecret[];
  /** How many sealed secrets there are at all: with any, no key is ever generated. */
  count(): number;
}
