import type { Clock } from '../../base/Clock.ts';
import type { Signature, SignedKind, Signer } from '../Signer.ts';
import type { SealingKey } from '../secrets/envelope.ts';
import type { KeyVersionRecord, VaultRepository } from '../VaultRepository.ts';
import {
  keyRecordMissing,
  notInThisMode,
  passphraseRequired,
  vaultWasLocked,
  wrongKey,
} from '../vaultErrors.ts';
import {
  deriveVersionKeys,
  isSignedWith,
  matchesCheckValue,
  signWith,
  type VersionKeys,
  zeroVersionKeys,
} from './keyDerivation.ts';
import { PassphraseAttempts } from './PassphraseAttempts.ts';
import { headerOf, type PassphraseKey, passphraseKeyFor } from './passphraseKey.ts';
import type { KeyProtection, RootKeyItems } from './RootKeyItems.ts';
import { unwrapRootKey } from './rootKeyItem.ts';

export interface KeyRingOptions {
  readonly items: RootKeyItems;
  readonly repository: VaultRepository;
  readonly clock: Clock;
}

/**
 * The keys of the vault in memory, by version of their root key. A root key is fetched when it is first needed, proved
 * against its recorded check value, and zeroed as soon as its keys have been derived. What is wrapped by a passphrase
 * needs `unlock` first. Makes no key: a keychain that gives nothing for a recorded version is locked or broken.
 */
export class KeyRing implements Signer {
  /** Where the root keys are. */
  readonly items: RootKeyItems;
  readonly #repository: VaultRepository;
  readonly #attempts: PassphraseAttempts;
  readonly #keys = new Map<number, VersionKeys>();
  readonly #loading = new Map<number, Promise<void>>();
  #passphraseKey: PassphraseKey | null = null;
  /** Counts calls of `lock`, so that a key that arrives after one is not kept. */
  #lockCount = 0;

  constructor({ items, repository, clock }: KeyRingOptions) {
    this.items = items;
    this.#repository = repository;
    this.#attempts = new PassphraseAttempts(clock);
  }

  /** The version new secrets are sealed with; null before the first one. */
  activeVersion(): number | null {
    return this.#repository.activeKeyVersion();
  }

  /** Whether the active key is in memory. */
  isOpen(): boolean {
    const version = this.activeVersion();
    return version !== null && this.#keys.has(version);
  }

  /** Whether there is anything in memory that `lock` would drop. */
  holdsAnything(): boolean {
    return this.#keys.size > 0 || this.#passphraseKey !== null;
  }

  /** Whether what is wrapped by a passphrase can be opened. */
  hasPassphraseKey(): boolean {
    return this.#passphraseKey !== null;
  }

  /** Whether keys are on record, but none of this version: only a damaged or edited row names such a one. */
  isForeign(version: number): boolean {
    if (this.#keys.has(version)) return false;
    const records = this.#repository.keyVersions();
    return records.length > 0 && !records.some((record) => record.version === version);
  }

  /**
   * Runs `work` with the key that new secrets are sealed with. `work` must not keep the key: `lock` zeroes it.
   * @throws VAULT_UNAVAILABLE, VAULT_LOCKED_OR_MISSING_KEY, VAULT_WRONG_KEY, VAULT_PASSPHRASE_REQUIRED
   */
  async withActiveKey<Value>(work: (key: SealingKey) => Value): Promise<Value> {
    const version = this.activeVersion();
    if (version === null) throw keyRecordMissing();
    return this.withKey(version, work);
  }

  /** The same with the key of a given version. */
  async withKey<Value>(version: number, work: (key: SealingKey) => Value): Promise<Value> {
    if (!this.#keys.has(version)) await this.#loadOnce(version);
    const keys = this.#keys.get(version);
    if (keys === undefined) throw vaultWasLocked();
    // From here on in one go, so that `lock` cannot zero the key under the work.
    return work(keys.sealing);
  }

  /** A root key anew from where it is, to be zeroed by the caller; errors as for `withActiveKey`. */
  async rootKey(record: KeyVersionRecord): Promise<Buffer> {
    const lockCount = this.#lockCount;
    if (record.isWrapped && this.#passphraseKey === null) throw passphraseRequired();
    const item = await this.items.fetch(record);
    if (lockCount !== this.#lockCount) {
      if ('plain' in item) item.plain.fill(0);
      throw vaultWasLocked();
    }
    return 'plain' in item ? this.#proved(item.plain, record) : this.#unwrap(item.wrapped, record);
  }

  /** How new root keys are to be kept, as the active one is. @throws VAULT_PASSPHRASE_REQUIRED while locked */
  protection(): KeyProtection {
    const record = this.#activeRecord();
    if (record === null) throw keyRecordMissing();
    if (!record.isWrapped) return { home: 'keychain', passphraseKey: null };
    if (this.#passphraseKey === null) throw passphraseRequired();
    return { home: record.home, passphraseKey: this.#passphraseKey };
  }

  /**
   * Opens the active key with its passphrase, which others of its keys then need no more.
   * @throws VAULT_PASSPHRASE_WRONG; VAULT_BUSY while another attempt runs; VAULT_UNAVAILABLE,
   *   VAULT_LOCKED_OR_MISSING_KEY, VAULT_WRONG_KEY; INVALID_INPUT when there is no passphrase
   */
  async unlock(passphrase: string): Promise<void> {
    const record = this.#activeRecord();
    if (record?.isWrapped !== true) throw notInThisMode('No passphrase is set.');
    await this.#attempts.run(async () => {
      const item = await this.items.fetch(record);
      return 'wrapped' in item ? this.#tryPassphrase(passphrase, record, item.wrapped) : null;
    });
  }

  /** Takes over keys that were just made. */
  hold(keys: VersionKeys): void {
    this.forget(keys.version);
    this.#keys.set(keys.version, keys);
  }

  forget(version: number): void {
    const keys = this.#keys.get(version);
    if (keys !== undefined) zeroVersionKeys(keys);
    this.#keys.delete(version);
  }

  /** Takes over the key that items are wrapped with from now on; null when none is wrapped any more. */
  takePassphraseKey(key: PassphraseKey | null): void {
    if (this.#passphraseKey !== key) this.#passphraseKey?.bytes.fill(0);
    this.#passphraseKey = key;
  }

  /** Zeroes everything in memory; the next use fetches it again, where it takes no passphrase. */
  lock(): void {
    this.#lockCount += 1;
    for (const version of [...this.#keys.keys()]) this.forget(version);
    this.#loading.clear();
    this.takePassphraseKey(null);
  }

  sign(kind: SignedKind, content: Buffer): Signature | null {
    const version = this.activeVersion();
    const keys = version === null ? undefined : this.#keys.get(version);
    return keys === undefined ? null : signWith(keys, kind, content);
  }

  /**
   * Data sources are signed anew whenever the active key changes, so that any other key on one is a forgery, also one
   * that is not on record any more. Entries of the audit trail keep the signature they were written with.
   */
  check(kind: SignedKind, content: Buffer, { keyVersion, mac }: Signature): 'right' | 'wrong' | 'unknown' {
    const keys = this.#keys.get(keyVersion);
    if (kind === 'data-source' && keyVersion !== this.activeVersion()) return 'wrong';
    if (keys === undefined) return 'unknown';
    return isSignedWith(keys, kind, content, mac) ? 'right' : 'wrong';
  }

  #activeRecord(): KeyVersionRecord | null {
    return this.#repository.keyVersions().find(({ state }) => state === 'active') ?? null;
  }

  #loadOnce(version: number): Promise<void> {
    const running = this.#loading.get(version);
    if (running !== undefined) return running;
    const loading = this.#load(version).finally(() => {
      if (this.#loading.get(version) === loading) this.#loading.delete(version);
    });
    this.#loading.set(version, loading);
    return loading;
  }

  async #load(version: number): Promise<void> {
    const record = this.#repository.keyVersions().find((candidate) => candidate.version === version);
    if (record === undefined) throw keyRecordMissing();
    const rootKey = await this.rootKey(record);
    this.#holdRootKey(rootKey, version);
  }

  /** Null for a wrong passphrase. */
  async #tryPassphrase(passphrase: string, record: KeyVersionRecord, wrapped: Buffer): Promise<true | null> {
    const lockCount = this.#lockCount;
    const key = await passphraseKeyFor(passphrase, headerOf(wrapped));
    if (key === null) throw wrongKey('The key that is encrypted with your passphrase is damaged.');
    const rootKey = unwrapRootKey(key, this.items.nameOf(record), wrapped);
    if (rootKey === null) {
      key.bytes.fill(0);
      return null;
    }
    if (lockCount !== this.#lockCount) {
      key.bytes.fill(0);
      rootKey.fill(0);
      throw vaultWasLocked();
    }
    this.#holdRootKey(this.#proved(rootKey, record), record.version);
    this.takePassphraseKey(key);
    return true;
  }

  #unwrap(wrapped: Buffer, record: KeyVersionRecord): Buffer {
    const key = this.#passphraseKey;
    if (key === null) throw passphraseRequired();
    const rootKey = unwrapRootKey(key, this.items.nameOf(record), wrapped);
    if (rootKey === null)
      throw wrongKey(`Key version ${record.version} is damaged or protected by a different passphrase.`);
    return this.#proved(rootKey, record);
  }

  #proved(rootKey: Buffer, record: KeyVersionRecord): Buffer {
    if (matchesCheckValue(rootKey, this.#repository.vaultId(), record.version, record.check)) return rootKey;
    rootKey.fill(0);
    throw wrongKey('The key that was found is not the one this vault was created with.');
  }

  /** Zeroes the root key. */
  #holdRootKey(rootKey: Buffer, version: number): void {
    try {
      this.hold(deriveVersionKeys(rootKey, this.#repository.vaultId(), version));
    } finally {
      rootKey.fill(0);
    }
  }
}
