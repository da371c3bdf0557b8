import { randomBytes } from 'node:crypto';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';
import type { SealingKey } from './envelope.ts';
import type { Keychain } from './Keychain.ts';
import { deriveSealingKey, keyCheckValue, matchesCheckValue } from './keyDerivation.ts';
import { decodeRootKey, encodeRootKey, rootKeyAccount, rootKeyBytes } from './rootKeyItem.ts';
import type { SecretRepository } from './SecretRepository.ts';
import {
  keychainUnavailable,
  keyLockedOrMissing,
  keyRecordMissing,
  vaultWasLocked,
  wrongKey,
} from './vaultErrors.ts';

export interface KeyRingOptions {
  readonly keychain: Keychain;
  readonly secrets: SecretRepository;
  readonly clock: Clock;
  readonly logger: Logger;
}

const firstVersion = 1;

/**
 * The keys of the vault, by version of their root key. A root key is read from the keychain when it is first needed,
 * proved against its recorded check value, and zeroed as soon as the sealing key has been derived from it.
 *
 * A key is made only where nothing was ever sealed: a keychain that gives nothing for a recorded version is locked or
 * broken, and a new key would make every saved password unreadable.
 */
export class KeyRing {
  readonly #keychain: Keychain;
  readonly #secrets: SecretRepository;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #keys = new Map<number, SealingKey>();
  readonly #loading = new Map<number, Promise<void>>();
  #creating: Promise<void> | null = null;
  /** Counts calls of `lock`, so that a key that arrives after one is not kept. */
  #lockCount = 0;

  constructor(options: KeyRingOptions) {
    this.#keychain = options.keychain;
    this.#secrets = options.secrets;
    this.#clock = options.clock;
    this.#logger = options.logger;
  }

  /** The version new secrets are sealed with; null before the first one. */
  activeVersion(): number | null {
    return this.#secrets.keyVersions().find((record) => record.state === 'active')?.version ?? null;
  }

  /** Whether keys are on record, but none of this version: only a damaged or edited row names such a one. */
  isForeign(version: number): boolean {
    const records = this.#secrets.keyVersions();
    return records.length > 0 && !records.some((record) => record.version === version);
  }

  /**
   * Runs `work` with the key that new secrets are sealed with, which is made on the very first call.
   * `work` must not keep the key: `lock` zeroes it.
   * @throws VAULT_UNAVAILABLE, VAULT_LOCKED_OR_MISSING_KEY, VAULT_WRONG_KEY
   */
  async withActiveKey<Value>(work: (key: SealingKey) => Value): Promise<Value> {
    if (this.activeVersion() === null) await this.#createFirstKeyOnce();
    const version = this.activeVersion();
    if (version === null) throw keyRecordMissing();
    return this.withKey(version, work);
  }

  /** The same with the key of a given version. */
  async withKey<Value>(version: number, work: (key: SealingKey) => Value): Promise<Value> {
    if (!this.#keys.has(version)) await this.#loadOnce(version);
    const key = this.#keys.get(version);
    if (key === undefined) throw vaultWasLocked();
    // From here on in one go, so that `lock` cannot zero the key under the work.
    return work(key);
  }

  /** Proves that the keychain can be reached and has the active key, when there is one. Makes nothing. */
  async probe(): Promise<void> {
    const version = this.activeVersion();
    if (version !== null) return this.withKey(version, () => undefined);
    this.#refuseWithoutRecord();
    await this.#keychain.read(this.#account(firstVersion));
  }

  /** Zeroes every key in memory; the next use reads them from the keychain again. */
  lock(): void {
    this.#lockCount += 1;
    for (const key of this.#keys.values()) key.bytes.fill(0);
    this.#keys.clear();
    this.#loading.clear();
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
    const lockCount = this.#lockCount;
    const record = this.#secrets.keyVersions().find((candidate) => candidate.version === version);
    if (record === undefined) throw keyRecordMissing();
    const item = await this.#keychain.read(this.#account(version));
    if (item === null) throw keyLockedOrMissing(version);
    const rootKey = decodeRootKey(item);
    if (rootKey === null) throw wrongKey('The item in the keychain is damaged.');
    try {
      const vaultId = this.#secrets.vaultId();
      if (!matchesCheckValue(rootKey, vaultId, version, record.check)) {
        throw wrongKey('The keychain gave a key which is not the one this vault was made with.');
      }
      if (lockCount !== this.#lockCount) throw vaultWasLocked();
      this.#keys.set(version, { version, bytes: deriveSealingKey(rootKey, vaultId) });
    } finally {
      rootKey.fill(0);
    }
  }

  #createFirstKeyOnce(): Promise<void> {
    this.#creating ??= this.#createFirstKey().finally(() => {
      this.#creating = null;
    });
    return this.#creating;
  }

  /** The keychain has the key, proved by reading it back, before anything says that there is one. */
  async #createFirstKey(): Promise<void> {
    this.#refuseWithoutRecord();
    const rootKey = await this.#storedFirstKey();
    try {
      this.#refuseWithoutRecord();
      this.#secrets.addKeyVersion({
        version: firstVersion,
        state: 'active',
        check: keyCheckValue(rootKey, this.#secrets.vaultId(), firstVersion),
        createdAt: this.#clock.wallMs(),
      });
      this.#logger.info('The vault has its first key', { keyVersion: firstVersion });
    } finally {
      rootKey.fill(0);
    }
  }

  /** A key that is already there is ours, from a start that ended before it was recorded: the vault's id is unique. */
  async #storedFirstKey(): Promise<Buffer> {
    const account = this.#account(firstVersion);
    const found = await this.#keychain.read(account);
    if (found !== null) {
      const rootKey = decodeRootKey(found);
      if (rootKey === null) throw wrongKey('The item in the keychain is damaged.');
      return rootKey;
    }
    const rootKey = randomBytes(rootKeyBytes);
    const item = encodeRootKey(rootKey);
    await this.#keychain.write(account, item);
    if ((await this.#keychain.read(account)) === item) return rootKey;
    rootKey.fill(0);
    throw keychainUnavailable('The keychain did not keep what was stored in it.', [
      'The keychain keeps items only until you sign out, or it is not working.',
    ]);
  }

  #refuseWithoutRecord(): void {
    if (this.#secrets.keyVersions().length > 0 || this.#secrets.count() > 0) throw keyRecordMissing();
  }

  #account(version: number): string {
    return rootKeyAccount(this.#secrets.vaultId(), version);
  }
}
