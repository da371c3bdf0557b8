import { randomInt } from 'node:crypto';
import { isAppError } from '../../base/AppError.ts';
import { largestUint32 } from '../../base/canonicalBytes.ts';
import type { Logger } from '../../observability/Logger.ts';
import type { Keychain } from '../keychain/Keychain.ts';
import type { KeyVersionRecord, VaultRepository } from '../VaultRepository.ts';
import { keychainUnavailable, keyLockedOrMissing, rotationNotProved, wrongKey } from '../vaultErrors.ts';
import type { PassphraseKey } from './passphraseKey.ts';
import {
  decodeRootKey,
  decodeWrappedRootKey,
  encodeRootKey,
  encodeWrappedRootKey,
  type RootKeyName,
  rootKeyAccount,
  unwrapRootKey,
  wrapRootKey,
} from './rootKeyItem.ts';

/** Where a root key is to be; a key in the file is always wrapped. */
export type KeyProtection =
  | { readonly home: 'keychain'; readonly passphraseKey: PassphraseKey | null }
  | { readonly home: 'file'; readonly passphraseKey: PassphraseKey };

/** Where a root key is. */
export type KeyPlace = Pick<KeyVersionRecord, 'home' | 'itemNumber' | 'isWrapped' | 'wrapped'>;

/** A root key as it was fetched; a plain one is to be zeroed. */
export type FetchedItem = { readonly plain: Buffer } | { readonly wrapped: Buffer };

export interface RootKeyItemsOptions {
  readonly keychain: Keychain;
  readonly repository: VaultRepository;
  readonly logger: Logger;
}

/**
 * The items that hold root keys. Each one written has a name of its own, so that nothing is ever written over. Its account
 * is a leftover, to be deleted, before it is written, and until the transaction that puts it to use: whenever that does not
 * come, nothing is left in the keychain for ever.
 */
export class RootKeyItems {
  readonly #keychain: Keychain;
  readonly #repository: VaultRepository;
  readonly #logger: Logger;

  constructor(options: RootKeyItemsOptions) {
    this.#keychain = options.keychain;
    this.#repository = options.repository;
    this.#logger = options.logger;
  }

  nameOf({ version, itemNumber }: Pick<KeyVersionRecord, 'version' | 'itemNumber'>): RootKeyName {
    return { vaultId: this.#repository.vaultId(), version, itemNumber };
  }

  /**
   * Writes an item and proves it by reading it back. Nothing relies on it until `putToUse`.
   * @throws VAULT_UNAVAILABLE
   */
  async write(rootKey: Buffer, version: number, protection: KeyProtection): Promise<KeyPlace> {
    const { home, passphraseKey } = protection;
    const itemNumber = randomInt(1, largestUint32);
    const name = this.nameOf({ version, itemNumber });
    // Before anything is awaited: the passphrase's key may be zeroed meanwhile.
    const wrapped = passphraseKey === null ? null : wrapProved(passphraseKey, name, rootKey);
    const place: KeyPlace = {
      home,
      itemNumber,
      isWrapped: wrapped !== null,
      wrapped: home === 'file' ? wrapped : null,
    };
    if (home === 'keychain') {
      const item = wrapped === null ? encodeRootKey(rootKey) : encodeWrappedRootKey(wrapped);
      await this.#writeToKeychain(rootKeyAccount(name), item);
    }
    return place;
  }

  /** @throws VAULT_UNAVAILABLE, VAULT_LOCKED_OR_MISSING_KEY, VAULT_WRONG_KEY for something else than what is recorded */
  async fetch(record: KeyVersionRecord): Promise<FetchedItem> {
    if (record.wrapped !== null) return { wrapped: record.wrapped };
    const item = await this.#keychain.read(rootKeyAccount(this.nameOf(record)));
    if (item === null) throw keyLockedOrMissing(record.version);
    const bytes = record.isWrapped ? decodeWrappedRootKey(item) : decodeRootKey(item);
    if (bytes === null) throw wrongKey('The item in the keychain is damaged.');
    return record.isWrapped ? { wrapped: bytes } : { plain: bytes };
  }

  /** The item is used from now on; a part of the transaction that records it. */
  putToUse(record: KeyVersionRecord): void {
    this.#repository.putKeyVersion(record);
    if (record.home === 'keychain') this.#repository.removeLeftover(rootKeyAccount(this.nameOf(record)));
  }

  /** The item is not used any more; a part of the transaction that records what is used in its place. */
  giveUp(record: KeyVersionRecord): void {
    if (record.home === 'keychain') this.#repository.addLeftover(rootKeyAccount(this.nameOf(record)));
  }

  /** Deletes from the keychain what nothing uses any more. A failure is logged, and the next time tries again. */
  async sweep(): Promise<void> {
    try {
      for (const account of this.#repository.leftovers()) await this.#delete(account);
    } catch (error) {
      if (!isAppError(error)) throw error;
      this.#logger.warn('Old items in the keychain could not be deleted', { code: error.code }, error);
    }
  }

  async #writeToKeychain(account: string, item: string): Promise<void> {
    this.#repository.addLeftover(account);
    await this.#keychain.write(account, item);
    if ((await this.#keychain.read(account)) === item) return;
    throw keychainUnavailable('The keychain did not keep the item that was stored in it.', [
      'The keychain keeps items only until you sign out, or it is not working properly.',
    ]);
  }

  async #delete(account: string): Promise<void> {
    const isUsed = this.#repository
      .keyVersions()
      .some((record) => record.home === 'keychain' && rootKeyAccount(this.nameOf(record)) === account);
    if (isUsed) return;
    if (!(await this.#keychain.remove(account))) {
      // Absent, or the keychain is locked: only one that is not lets itself be written to.
      await this.#keychain.write(account, 'removed');
      await this.#keychain.remove(account);
    }
    this.#repository.removeLeftover(account);
  }
}

/** Seals and opens at once: what does not open now never will. */
function wrapProved(key: PassphraseKey, name: RootKeyName, rootKey: Buffer): Buffer {
  const wrapped = wrapRootKey(key, name, rootKey);
  const opened = unwrapRootKey(key, name, wrapped);
  const isSame = opened?.equals(rootKey) === true;
  opened?.fill(0);
  if (!isSame) throw rotationNotProved();
  return wrapped;
}
