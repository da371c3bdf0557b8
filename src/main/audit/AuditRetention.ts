import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditCheck } from '../../shared/model/audit.ts';
import type { AuditRetentionDays } from '../../shared/model/auditChoices.ts';
import { throwIfAborted } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';
import type { Signer } from '../vault/Signer.ts';
import type { AuditRepository, StoredAuditEntry } from './AuditRepository.ts';
import type { AuditTrail } from './AuditTrail.ts';
import { trailNotSigned, trailNotTrusted } from './auditErrors.ts';
import { keepingDetails, keepingIn, startDetails } from './standingEntries.ts';

const dayMs = 24 * 3_600_000;
/** Entries read without letting anything else run. */
const pageSize = 200;
/** Entries that are removed in one transaction, which has one entry in their place. */
const batchSize = 2_000;

export interface AuditRetentionOptions {
  readonly trail: AuditTrail;
  readonly repository: AuditRepository;
  readonly signer: Signer;
  readonly clock: Clock;
}

/**
 * Removes entries that are too old from the start of the trail, and adds an entry that says up to where, with the hash
 * of the last one, so that the rest can still be checked.
 *
 * How long entries are kept stands in the trail too, nowhere else: whoever can write the store's file but cannot sign
 * must not get us to remove what they want to be gone.
 */
export class AuditRetention {
  readonly #options: AuditRetentionOptions;

  constructor(options: AuditRetentionOptions) {
    this.#options = options;
  }

  /** Null: all entries are kept. */
  get keepDays(): AuditRetentionDays {
    return keepingIn(this.#options.repository)?.keepDays ?? null;
  }

  /** How many entries would be removed now. @throws CANCELLED, STORE_… */
  async countTooOld(keepDays: AuditRetentionDays, signal: AbortSignal): Promise<number> {
    let total = 0;
    for await (const { count } of this.#tooOld(keepDays, signal)) total += count;
    return total;
  }

  /**
   * Removes what is older than the trail says. Does nothing when the trail is not known to be as it was written: what
   * the check found must be of just now.
   * @returns how many @throws CANCELLED, STORE_…
   */
  async prune(check: AuditCheck, signal: AbortSignal): Promise<number> {
    const keeping = keepingIn(this.#options.repository);
    if (keeping === null || !isTrusted(check) || !this.#isSigned(keeping.entry)) return 0;
    const { keepDays } = keeping;
    if (keepDays === null) return 0;
    let removedCount = 0;
    for await (const { count, last } of this.#tooOld(keepDays, signal)) {
      this.#remove(last, keepDays);
      removedCount += count;
    }
    return removedCount;
  }

  /**
   * Says in the trail for how long entries are kept from now on.
   * @throws AUDIT_NOT_PRUNED when that would remove any and could not be signed; STORE_…
   */
  decide(keepDays: AuditRetentionDays): void {
    const { repository, trail } = this.#options;
    repository.transaction(() => {
      trail.record({ operation: 'audit.retention-changed', details: keepingDetails(keepDays) });
      const isSigned = repository.newestOf('audit.retention-changed')?.signature !== null;
      if (keepDays !== null && !isSigned) throw trailNotSigned();
    });
  }

  /** @throws AUDIT_NOT_PRUNED unless entries may be removed from a trail of which the check found this */
  requireTrusted(check: AuditCheck): void {
    if (!isTrusted(check)) throw trailNotTrusted();
  }

  #isSigned({ hash, signature }: StoredAuditEntry): boolean {
    return signature !== null && this.#options.signer.check('audit', hash, signature) === 'right';
  }

  /** Batches of entries to remove, oldest first: how many they are, and the last of each. The newest entry always stays. */
  async *#tooOld(keepDays: AuditRetentionDays, signal: AbortSignal) {
    if (keepDays === null) return;
    const { repository, clock } = this.#options;
    const oldestMs = clock.wallMs() - keepDays * dayMs;
    const newest = repository.last()?.sequence ?? 0;
    let after = 0;
    let count = 0;
    let last: StoredAuditEntry | null = null;
    for (;;) {
      throwIfAborted(signal);
      const entries = repository.oldestFirst(after, pageSize);
      const kept = entries.findIndex(({ at, sequence }) => at >= oldestMs || sequence >= newest);
      const tooOld = kept === -1 ? entries : entries.slice(0, kept);
      last = tooOld.at(-1) ?? last;
      count += tooOld.length;
      const isOver = tooOld.length < pageSize;
      if (last !== null && count > 0 && (isOver || count >= batchSize)) {
        yield { count, last };
        count = 0;
      }
      if (isOver || last === null) return;
      after = last.sequence;
      await nextTurn();
    }
  }

  /** @throws AUDIT_NOT_PRUNED when it could not be signed: then nothing was removed */
  #remove({ sequence: upTo, hash }: StoredAuditEntry, keepDays: number): void {
    const { repository, trail } = this.#options;
    repository.transaction(() => {
      const removedCount = repository.removeUpTo(upTo);
      trail.record({
        operation: 'audit.pruned',
        details: { removedCount, keepDays, ...startDetails({ upTo, hash }) },
      });
      if (repository.newestOf('audit.pruned')?.signature === null) throw trailNotSigned();
    });
  }
}

/** Whether every signature was checked, and is right. */
const isTrusted = (check: AuditCheck): boolean =>
  check.status === 'intact' && check.signaturesChecked && check.startSigned && check.signedUpTo !== null;
