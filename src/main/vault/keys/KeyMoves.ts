import type { Audit, AuditRecord } from '../../audit/Audit.ts';
import { isAppError } from '../../base/AppError.ts';
import { throwIfAborted } from '../../base/abort.ts';
import type { LongWork } from '../LongWork.ts';
import type { SignedRows } from '../SignedRows.ts';
import type { SessionSecrets } from '../secrets/KeptSecrets.ts';
import type { SecretRepository } from '../secrets/SecretRepository.ts';
import type { KeyVersionRecord, Protection, VaultRepository } from '../VaultRepository.ts';
import type { KeyRing } from './KeyRing.ts';
import type { KeyProtection } from './RootKeyItems.ts';

export interface KeyMovesOptions {
  readonly keyRing: KeyRing;
  readonly repository: VaultRepository;
  readonly secrets: SecretRepository;
  readonly session: SessionSecrets;
  readonly signedRows: SignedRows;
  readonly audit: Audit;
}

/** Moves the same root keys from one protection to another, and gives them up altogether. */
export class KeyMoves {
  readonly #options: KeyMovesOptions;

  constructor(options: KeyMovesOptions) {
    this.#options = options;
  }

  /**
   * Writes every root key anew in its new protection, then uses all of them in one transaction. A retired key that cannot
   * be had stays where it is.
   * @throws VAULT_… when the active key cannot be had or written; CANCELLED before the transaction
   */
  async rewrap(
    protection: KeyProtection,
    next: Protection,
    record: AuditRecord,
    work: LongWork,
  ): Promise<void> {
    const { keyRing, repository, audit } = this.#options;
    const before = repository.keyVersions();
    const moved: { readonly from: KeyVersionRecord; readonly to: KeyVersionRecord }[] = [];
    for (const [index, from] of before.entries()) {
      work.onProgress({ step: 'key', doneCount: index, totalCount: before.length });
      throwIfAborted(work.signal);
      const to = await this.#rewrapOne(from, protection);
      if (to !== null) moved.push({ from, to });
    }
    throwIfAborted(work.signal);
    repository.transaction(() => {
      for (const { from, to } of moved) {
        keyRing.items.giveUp(from);
        keyRing.items.putToUse(to);
      }
      repository.setProtection(next);
      audit.record(record);
    });
    keyRing.takePassphraseKey(protection.passphraseKey);
  }

  /** Forgets keys and secrets for good: what a backup holds of them is all there is. @throws STORE_… */
  startOver(): void {
    const { repository, session, audit } = this.#options;
    repository.transaction(() => {
      audit.record({ operation: 'vault.started-over' });
      this.removeStored();
      repository.setProtection({ mode: null, hasPassphrase: false });
    });
    session.forget();
  }

  /** A part of a transaction. */
  removeStored(): void {
    const { keyRing, repository, secrets, signedRows } = this.#options;
    signedRows.resign(keyRing, null);
    secrets.removeAll();
    for (const record of repository.keyVersions()) {
      repository.removeKeyVersion(record.version);
      keyRing.items.giveUp(record);
    }
  }

  /** Null for a retired key that cannot be had. */
  async #rewrapOne(from: KeyVersionRecord, protection: KeyProtection): Promise<KeyVersionRecord | null> {
    const { keyRing } = this.#options;
    const rootKey = await keyRing.rootKey(from).catch((error: unknown) => {
      if (from.state !== 'retired' || !isAppError(error)) throw error;
      return null;
    });
    if (rootKey === null) return null;
    try {
      return { ...from, ...(await keyRing.items.write(rootKey, from.version, protection)) };
    } finally {
      rootKey.fill(0);
    }
  }
}
