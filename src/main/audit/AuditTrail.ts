import { setImmediate as nextTurn } from 'node:timers/promises';
import type { z } from 'zod';
import type { AuditCheck, AuditEntry, AuditPage, auditPageInputSchema } from '../../shared/model/audit.ts';
import { throwIfAborted } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';
import type { Signer } from '../vault/Signer.ts';
import type { Audit, AuditRecord } from './Audit.ts';
import type { AuditRepository, StoredAuditEntry } from './AuditRepository.ts';
import { openLineOf } from './callLine.ts';
import { entryHash, noHash } from './entryHash.ts';
import { TrailCheck } from './TrailCheck.ts';

export interface AuditTrailOptions {
  readonly repository: AuditRepository;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Entries checked without letting anything else run: 5 to 10 ms. */
const checkPageSize = 200;

/**
 * What was done with vault and data sources, as a chain: each entry's hash covers the one before, and while the vault's
 * key is in memory the hash is signed.
 *
 * The check finds what was changed, removed, put in or moved between the first entry and the last. What it cannot find,
 * since nothing outside of the store's file remembers the trail: entries cut off at the end, and a trail that somebody
 * who can write the file has written anew from some entry on, with its hashes and without the signatures.
 */
export class AuditTrail implements Audit {
  readonly #options: AuditTrailOptions;
  readonly #usedSubjects = new Set<string | null>();

  constructor(options: AuditTrailOptions) {
    this.#options = options;
  }

  /**
   * As the port says. A data source whose secret is used again and again has one `secret.used` for each run of the app:
   * the next say nothing new.
   */
  record(record: AuditRecord): void {
    const { operation, subject = null } = record;
    if (operation === 'secret.used' && this.#usedSubjects.has(subject)) return;
    try {
      this.#add(record);
      if (operation === 'secret.used') this.#usedSubjects.add(subject);
    } catch (error) {
      if (this.#options.repository.isInTransaction()) throw error;
      this.#options.logger.error('An audit entry could not be kept', { operation }, error);
    }
  }

  /** The newest entries before `before`, newest first. @throws STORE_… */
  page({ before, limit }: z.infer<typeof auditPageInputSchema>): AuditPage {
    const found = this.#options.repository.newestFirst(before, limit + 1);
    return { entries: found.slice(0, limit).map(asRead), hasMore: found.length > limit };
  }

  /** Goes along the whole trail in small steps. @throws CANCELLED, STORE_… */
  async check(signal: AbortSignal): Promise<AuditCheck> {
    const { repository, signer } = this.#options;
    const check = new TrailCheck(signer);
    // Below 1 too: an entry put there is not to be overlooked.
    let after = Number.MIN_SAFE_INTEGER;
    for (;;) {
      throwIfAborted(signal);
      const entries = repository.oldestFirst(after, checkPageSize);
      for (const entry of entries) {
        if (!check.isNextFitting(entry)) return { status: 'broken', at: entry.sequence };
        after = entry.sequence;
      }
      if (entries.length < checkPageSize) return check.intact();
      await nextTurn();
    }
  }

  #add(record: AuditRecord): void {
    const line = openLineOf(record.operation);
    const { repository, signer, clock } = this.#options;
    const last = repository.last();
    const entry: AuditEntry = {
      sequence: (last?.sequence ?? 0) + 1,
      at: clock.wallMs(),
      operation: record.operation,
      subject: record.subject ?? line?.subject ?? null,
      outcome: record.outcome ?? 'ok',
      details: { ...line?.details, ...record.details },
    };
    const hash = entryHash(last?.hash ?? noHash, entry);
    repository.add({ ...entry, hash, signature: signer.sign('audit', hash) });
    if (line !== null) line.isKept = () => this.#isKept(entry.sequence, hash);
  }

  /** In a store that cannot be read any more nothing else can be written either: there it counts as kept. */
  #isKept(sequence: number, hash: Buffer): boolean {
    try {
      return this.#options.repository.oldestFirst(sequence - 1, 1)[0]?.hash.equals(hash) === true;
    } catch (error) {
      this.#options.logger.warn('The line of a call could not be looked up', {}, error);
      return true;
    }
  }
}

function asRead({ sequence, at, operation, subject, outcome, details }: StoredAuditEntry): AuditEntry {
  return { sequence, at, operation, subject, outcome, details };
}
