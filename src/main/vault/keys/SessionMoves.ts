import type { VaultMode } from '../../../shared/model/vault.ts';
import type { Audit } from '../../audit/Audit.ts';
import { throwIfAborted } from '../../base/abort.ts';
import { Pace } from '../../base/async/Pace.ts';
import type { Clock } from '../../base/Clock.ts';
import type { LongWork } from '../LongWork.ts';
import type { EndpointHashes } from '../secrets/EndpointHashes.ts';
import type { KeptSecrets, SessionSecrets } from '../secrets/KeptSecrets.ts';
import type { SealedSecret, SecretRepository } from '../secrets/SecretRepository.ts';
import type { SecretWalk } from '../secrets/SecretWalk.ts';
import { openSecret, sealSecret } from '../secrets/sealedSecrets.ts';
import type { VaultRepository } from '../VaultRepository.ts';
import { keyRecordMissing, secretsNotOpening } from '../vaultErrors.ts';
import type { KeyMoves } from './KeyMoves.ts';
import type { KeyRing } from './KeyRing.ts';
import type { MadeKey, NewKeys } from './NewKeys.ts';
import type { KeyProtection } from './RootKeyItems.ts';

export interface SessionMovesOptions {
  readonly keyRing: KeyRing;
  readonly newKeys: NewKeys;
  readonly keyMoves: KeyMoves;
  readonly walk: SecretWalk;
  readonly kept: KeptSecrets;
  readonly session: SessionSecrets;
  readonly repository: VaultRepository;
  readonly secrets: SecretRepository;
  readonly endpointHashes: EndpointHashes;
  readonly audit: Audit;
  readonly clock: Clock;
}

/** From memory to the disk and back: to a first key, and to none. */
export class SessionMoves {
  readonly #options: SessionMovesOptions;

  constructor(options: SessionMovesOptions) {
    this.#options = options;
  }

  /**
   * Makes a key and saves under it what is held in memory; for a vault without keys.
   * @param isChosen whether a person has chosen the mode; else it is what nobody has to choose
   * @throws VAULT_UNAVAILABLE; VAULT_LOCKED_OR_MISSING_KEY when there is something that a key must exist for
   */
  async toKeys(mode: VaultMode, protection: KeyProtection, isChosen: boolean, work: LongWork): Promise<void> {
    const { keyRing, newKeys } = this.#options;
    this.#refuseWithoutRecord();
    work.onProgress({ step: 'key', doneCount: 0, totalCount: 1 });
    const made = await newKeys.make(protection);
    try {
      const next = { mode, hasPassphrase: protection.passphraseKey !== null };
      await this.#saveUnder(made, next, isChosen, work);
    } catch (error) {
      newKeys.discard(made);
      throw error;
    }
    keyRing.takePassphraseKey(protection.passphraseKey);
  }

  /**
   * Takes every stored secret into memory, and removes all of them and their keys from the disk.
   * @throws SECRET_TAMPERED when one does not open; VAULT_…, CANCELLED: then nothing has changed
   */
  async toSession(work: LongWork): Promise<void> {
    const { keyRing, kept, repository, session } = this.#options;
    if (repository.keyVersions().length > 0) await keyRing.withActiveKey(() => undefined);
    try {
      let changeCount: number;
      do {
        changeCount = kept.changeCount;
        await this.#takeIntoMemory(work);
        throwIfAborted(work.signal);
      } while (kept.changeCount !== changeCount);
      this.#removeFromDisk();
    } catch (error) {
      session.forget();
      throw error;
    }
    keyRing.lock();
  }

  async #takeIntoMemory(work: LongWork): Promise<void> {
    const { secrets, session, walk } = this.#options;
    session.forget();
    const failures = await walk.openEach(work, {
      isWanted: () => true,
      visit: (secret, plaintext, place) => {
        session.put(sealSecret(session.key(), place, secret, plaintext));
      },
      endPage: () => undefined,
    });
    if (failures.size > 0) throw secretsNotOpening(failures.size, secrets.count());
  }

  #removeFromDisk(): void {
    const { keyMoves, repository, audit } = this.#options;
    const from = repository.protection().mode ?? 'none';
    repository.transaction(() => {
      audit.record({ operation: 'vault.mode-changed', details: { from, to: 'session' } });
      keyMoves.removeStored();
      repository.setProtection({ mode: 'session', hasPassphrase: false });
    });
  }

  async #saveUnder(
    made: MadeKey,
    next: { readonly mode: VaultMode; readonly hasPassphrase: boolean },
    isChosen: boolean,
    work: LongWork,
  ): Promise<void> {
    const { kept, newKeys, repository, secrets, session, audit } = this.#options;
    let sealed: SealedSecret[];
    let changeCount: number;
    do {
      changeCount = kept.changeCount;
      sealed = await this.#sealAll(made, work);
      throwIfAborted(work.signal);
    } while (kept.changeCount !== changeCount);
    this.#refuseWithoutRecord();
    const from = repository.protection().mode ?? 'none';
    const { version } = made.record;
    newKeys.putToUse(made, () => {
      repository.setProtection(next);
      for (const secret of sealed) secrets.put(secret);
      audit.record({ operation: 'vault.key-created', details: { version, to: next.mode } });
      if (isChosen) audit.record({ operation: 'vault.mode-changed', details: { from, to: next.mode } });
    });
    session.forget();
  }

  /** What is in memory, sealed under the new key with the revisions it has. */
  async #sealAll(made: MadeKey, work: LongWork): Promise<SealedSecret[]> {
    const { endpointHashes, repository, session, clock } = this.#options;
    const pace = new Pace(clock, work.signal);
    const vaultId = repository.vaultId();
    const held = session.all();
    const sealed: SealedSecret[] = [];
    for (const secret of held) {
      const endpointHash = endpointHashes.hashFor(secret);
      if (endpointHash === null) throw secretsNotOpening(1, held.length);
      const place = { vaultId, endpointHash };
      const plaintext = openSecret(session.key(), place, secret);
      sealed.push(sealSecret(made.keys.sealing, place, secret, plaintext));
      plaintext.fill(0);
      await pace.rest();
    }
    work.onProgress({ step: 'seal', doneCount: sealed.length, totalCount: held.length });
    return sealed;
  }

  #refuseWithoutRecord(): void {
    const { repository, secrets } = this.#options;
    if (repository.keyVersions().length > 0 || secrets.count() > 0) throw keyRecordMissing();
  }
}
