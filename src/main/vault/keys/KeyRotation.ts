import { timingSafeEqual } from 'node:crypto';
import type { RotationReport } from '../../../shared/model/vault.ts';
import type { Audit } from '../../audit/Audit.ts';
import { type AppError, isAppError } from '../../base/AppError.ts';
import { throwIfAborted } from '../../base/abort.ts';
import { Pace } from '../../base/async/Pace.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';
import type { LongWork } from '../LongWork.ts';
import type { PreparedSignature } from '../SignedRows.ts';
import type { KeptSecrets } from '../secrets/KeptSecrets.ts';
import {
  refKey,
  type SealedSecret,
  type SecretRef,
  type SecretRepository,
  type StagedSecret,
} from '../secrets/SecretRepository.ts';
import type { SecretWalk } from '../secrets/SecretWalk.ts';
import { openSecret, type SealingPlace, sealSecret } from '../secrets/sealedSecrets.ts';
import type { VaultRepository } from '../VaultRepository.ts';
import { rotationNotProved } from '../vaultErrors.ts';
import type { KeyRing } from './KeyRing.ts';
import type { MadeKey, NewKeys } from './NewKeys.ts';

export interface KeyRotationOptions {
  readonly keyRing: KeyRing;
  readonly newKeys: NewKeys;
  readonly walk: SecretWalk;
  readonly kept: KeptSecrets;
  readonly repository: VaultRepository;
  readonly secrets: SecretRepository;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly logger: Logger;
}

type Failures = ReadonlyMap<SealedSecret, AppError>;

/** What each staged secret was made from, by `refKey`. */
type Sources = Map<string, { readonly secret: SealedSecret; readonly place: SealingPlace }>;

const pageSize = 100;

/** How long a retired key is kept for backups made before the rotation. */
const retentionMs = 30 * 24 * 3_600_000;

/**
 * Puts a new version of the root key to use. Until the one transaction that switches, the secrets and their key are as
 * they were; what was made by then is undone, at once or (`undo`) by the next start.
 */
export class KeyRotation {
  readonly #options: KeyRotationOptions;

  constructor(options: KeyRotationOptions) {
    this.#options = options;
  }

  /** @throws CANCELLED before the switch; VAULT_…, STORE_… */
  async rotate(destroyOldKey: boolean, work: LongWork): Promise<RotationReport> {
    const { keyRing, newKeys, clock } = this.#options;
    const startedMs = clock.monotonicMs();
    work.onProgress({ step: 'key', doneCount: 0, totalCount: 1 });
    await keyRing.withActiveKey(() => undefined);
    const made = await newKeys.make(keyRing.protection());
    const switched = await this.#resealAll(made, work).catch((error: unknown) => {
      newKeys.discard(made);
      this.#undoQuietly();
      throw error;
    });
    work.onProgress({ step: 'clean', doneCount: 0, totalCount: 1 });
    this.destroyRetired(destroyOldKey);
    const durationMs = clock.monotonicMs() - startedMs;
    return { version: made.record.version, ...switched, durationMs };
  }

  /** Undoes a rotation that did not get as far as its switch. @throws STORE_… */
  undo(): void {
    const { keyRing, repository, secrets, audit } = this.#options;
    const unfinished = repository.keyVersions().filter(({ state }) => state === 'next');
    if (unfinished.length === 0 && secrets.stagedPage(null, 1).length === 0) return;
    repository.transaction(() => {
      secrets.clearStaged();
      for (const record of unfinished) {
        repository.removeKeyVersion(record.version);
        keyRing.items.giveUp(record);
      }
      const [version = 0] = unfinished.map((record) => record.version);
      audit.record({ operation: 'vault.rotation-undone', details: { version } });
    });
  }

  /** Destroys retired keys that nothing needs: those kept long enough, or all. A failure is logged: it can wait. */
  destroyRetired(all: boolean): void {
    const { repository, logger } = this.#options;
    try {
      for (const { version } of repository.keyVersions().filter(({ state }) => state === 'retired')) {
        this.#destroyIfUnused(version, all);
      }
    } catch (error) {
      if (!isAppError(error)) throw error;
      logger.warn('A retired key could not be destroyed', { code: error.code }, error);
    }
  }

  async #resealAll(made: MadeKey, work: LongWork): Promise<{ resealedCount: number; keptCount: number }> {
    const { kept, repository } = this.#options;
    repository.putKeyVersion(made.record);
    const sources: Sources = new Map();
    for (;;) {
      const { changeCount } = kept;
      const failures = await this.#stageAll(made, sources, work);
      await this.#verify(made, sources, work);
      work.onProgress({ step: 'switch', doneCount: 0, totalCount: 1 });
      const pace = new Pace(this.#options.clock, work.signal);
      const signatures = await this.#options.newKeys.prepareSignatures(made, () => pace.pause());
      throwIfAborted(work.signal);
      // What was saved meanwhile is under the old key. From this look on nothing else runs until the switch is done.
      if (kept.changeCount !== changeCount) continue;
      return { resealedCount: this.#switch(made, failures, signatures), keptCount: failures.size };
    }
  }

  /** @param sources filled here */
  #stageAll(made: MadeKey, sources: Sources, work: LongWork): Promise<Failures> {
    const { secrets, walk } = this.#options;
    let page: StagedSecret[] = [];
    return walk.openEach(work, {
      isWanted: (secret) => sources.get(refKey(secret))?.secret.envelope.equals(secret.envelope) !== true,
      visit: (secret, plaintext, place) => {
        const sealed = sealSecret(made.keys.sealing, place, secret, plaintext);
        page.push({ ...sealed, fromKeyVersion: secret.keyVersion });
        sources.set(refKey(secret), { secret, place });
      },
      endPage: () => {
        if (page.length > 0) secrets.stage(page);
        page = [];
      },
    });
  }

  /** Opens what is in the stage as it is stored there. */
  async #verify(made: MadeKey, sources: Sources, work: LongWork): Promise<void> {
    const { secrets, clock } = this.#options;
    const pace = new Pace(clock, work.signal);
    let doneCount = 0;
    let after: SecretRef | null = null;
    for (;;) {
      const page: StagedSecret[] = secrets.stagedPage(after, pageSize);
      for (const staged of page) {
        const source = sources.get(refKey(staged));
        if (source === undefined) throw rotationNotProved();
        await this.#prove(made, staged, source);
        await pace.rest();
      }
      doneCount += page.length;
      work.onProgress({ step: 'verify', doneCount, totalCount: sources.size });
      await pace.pause();
      after = page.at(-1) ?? null;
      if (page.length < pageSize) break;
    }
    if (doneCount !== sources.size) throw rotationNotProved();
  }

  async #prove(
    made: MadeKey,
    staged: StagedSecret,
    { secret, place }: { readonly secret: SealedSecret; readonly place: SealingPlace },
  ): Promise<void> {
    const { keyRing } = this.#options;
    const plaintext = await keyRing.withKey(secret.keyVersion, (key) => openSecret(key, place, secret));
    try {
      const opened = openSecret(made.keys.sealing, place, staged);
      const isSame = opened.length === plaintext.length && timingSafeEqual(opened, plaintext);
      opened.fill(0);
      if (!isSame) throw rotationNotProved();
    } catch (error) {
      throw rotationNotProved(error);
    } finally {
      plaintext.fill(0);
    }
  }

  #switch(made: MadeKey, failures: Failures, signatures: readonly PreparedSignature[]): number {
    const { newKeys, repository, secrets, audit, clock, logger } = this.#options;
    const { version } = made.record;
    let resealedCount = 0;
    const work = () => {
      resealedCount = secrets.switchStaged();
      repository.setLastRotationAt(clock.wallMs());
      for (const [{ dataSourceId }, { code }] of failures) {
        audit.record({ operation: 'secret.not-opened', subject: dataSourceId, outcome: code });
      }
      const details = { version, resealedCount, keptCount: failures.size };
      audit.record({ operation: 'vault.rotated', details });
    };
    newKeys.putToUse(made, work, signatures);
    logger.info('The vault has a new key', { keyVersion: version, count: resealedCount });
    return resealedCount;
  }

  #destroyIfUnused(version: number, asked: boolean): void {
    const { keyRing, repository, secrets, audit, clock } = this.#options;
    const oldestMs = clock.wallMs() - retentionMs;
    repository.transaction(() => {
      const record = repository.keyVersions().find((candidate) => candidate.version === version);
      if (record === undefined || secrets.countWithKey(version) > 0) return;
      if (!asked && (record.retiredAt === null || record.retiredAt > oldestMs)) return;
      repository.removeKeyVersion(version);
      keyRing.items.giveUp(record);
      // Before it is forgotten: the trail may have to sign something anew that this key has signed.
      audit.record({ operation: 'vault.key-destroyed', details: { version } });
      keyRing.forget(version);
    });
  }

  /** What cannot be undone now is undone by the next start. */
  #undoQuietly(): void {
    try {
      this.undo();
    } catch (error) {
      this.#options.logger.warn('A rotation could not be undone yet', {}, error);
    }
  }
}
