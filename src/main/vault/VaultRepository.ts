import type { VaultMode } from '../../shared/model/vault.ts';

/** How the vault is protected at this moment. */
export interface Protection {
  /** Null until the first choice. */
  readonly mode: VaultMode | null;
  /** Whether a passphrase is needed to unwrap the root keys. */
  readonly hasPassphrase: boolean;
}

/**
 * One version of the root key: a key that must exist, with a value that proves it is the right one.
 * - `next`: made by a rotation that has not switched yet; without its switch it is undone.
 * - `active`: seals what is new. At most one.
 * - `retired`: opens what older backups hold, until it is destroyed.
 */
export interface KeyVersionRecord {
  readonly version: number;
  readonly state: 'next' | 'active' | 'retired';
  /** See keyDerivation.ts; says nothing about the key. */
  readonly check: Buffer;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly retiredAt: number | null;
  /** Where the root key is. */
  readonly home: 'keychain' | 'file';
  /** Part of the item's name in the keychain: each one written has another. 0 for what the first release wrote. */
  readonly itemNumber: number;
  /** Whether the item is wrapped by a passphrase: always in the file. */
  readonly isWrapped: boolean;
  /** The wrapped root key when its home is the file, else null. */
  readonly wrapped: Buffer | null;
}

/** What the vault needs kept about itself; implemented by the store. All methods are synchronous and transactional. */
export interface VaultRepository {
  /** Random id of this vault (UUID), made once. */
  vaultId(): string;
  protection(): Protection;
  setProtection(protection: Protection): void;
  lastRotationAt(): number | null;
  setLastRotationAt(at: number): void;

  /** By version. @throws STORE_CORRUPT when a record does not parse: without all of them no key may be trusted or made */
  keyVersions(): KeyVersionRecord[];
  /** The highest version there ever was, also when its record is gone; 0 before the first. */
  highestKeyVersion(): number;
  /** Of the one active record, without reading all of them: it is asked for every signature. */
  activeKeyVersion(): number | null;
  /** Inserts or replaces by version. */
  putKeyVersion(record: KeyVersionRecord): void;
  removeKeyVersion(version: number): void;

  /** Keychain accounts that are to be deleted: written before an item is made, taken back when it is in use. */
  leftovers(): string[];
  addLeftover(account: string): void;
  removeLeftover(account: string): void;

  /** Runs `work` in one transaction: all of its writes or none, also those through other repositories of the store. */
  transaction<Value>(work: () => Value): Value;
}
