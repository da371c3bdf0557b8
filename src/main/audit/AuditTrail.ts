import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditCheck, AuditEntry, AuditFilter, AuditPage } from '../../shared/model/audit.ts';
import { everyAuditEntry } from '../../shared/model/defaultAuditFilter.ts';
import { throwIfAborted } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';
import type { Signer } from '../vault/Signer.ts';
import type { Audit, AuditRecord } from './Audit.ts';
import type { AuditRepository, StoredAuditEntry } from './AuditRepository.ts';
import { openLineOf } from './callLine.ts';
import { endContent, entryHash, noHash } from './entryHash.ts';
import { keepingDetails, keepingIn, startDetails, trailStartIn } from './standingEntries.ts';
import { TrailCheck } from './TrailCheck.ts';

export interface AuditTrailOptions {
  readonly repository: AuditRepository;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface PageQuery {
  readonly filter?: AuditFilter;
  readonly before: number | null;
  readonly limit: number;
}

/** Entries checked without letting anything else run: 5 to 10 ms. */
const checkPageSize = 200;

/**
 * What was done with vault and data sources, as a chain: each entry's hash covers the one before, and while the vault's
 * key is in memory the hash is signed. Beside it the last entry is written down, signed too.
 *
 * The check finds what was changed, removed, put in or moved, and what was cut off at either end. What it cannot find,
 * since nothing outside of the store's file remembers the trail: an older copy of the whole trail, and a trail that
 * somebody who can write the file has written anew from some entry on, with its hashes and without the signatures.
 */
export class AuditTrail implements Audit {
  readonly #options: AuditTrailOptions;
  readonly #usedSubjects = new Set<string | null>();

  constructor(options: AuditTrailOptions) {
    this.#options = options;
  }

  /**
   * To be called when the store was opened. A trail of an older version has not written down its end: whether entries
   * are missing there is not known, and an entry says so. It is the only one; of a newer trail it shows that the end was
   * removed.
   */
  adopt(): void {
    const { repository } = this.#options;
    if (repository.end() === null && repository.last() !== null) {
      this.record({ operation: 'audit.end-adopted' });
    }
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

  /** The newest entries before `before`, newest first, from a bounded number of them. @throws STORE_… */
  page({ filter = everyAuditEntry, before, limit }: PageQuery): AuditPage {
    const { entries, next } = this.#options.repository.findBefore(filter, before, limit);
    return { entries: entries.map(asRead), before: next };
  }

  /** How many entries a filter finds, in small steps. @throws CANCELLED, STORE_… */
  async count(filter: AuditFilter, signal: AbortSignal): Promise<number> {
    let total = 0;
    let before: number | null = null;
    for (;;) {
      throwIfAborted(signal);
      const { count, next } = this.#options.repository.countBefore(filter, before);
      total += count;
      if (next === null) return total;
      before = next;
      await nextTurn();
    }
  }

  /** Goes along the whole trail in small steps. @throws CANCELLED, STORE_… */
  async check(signal: AbortSignal): Promise<AuditCheck> {
    const { repository, signer } = this.#options;
    const check = new TrailCheck(signer, trailStartIn(repository));
    // Below 1 too: an entry put there is not to be overlooked.
    let after = Number.MIN_SAFE_INTEGER;
    for (;;) {
      throwIfAborted(signal);
      const entries = repository.oldestFirst(after, checkPageSize);
      for (const entry of entries) {
        const broken = check.next(entry);
        if (broken !== null) return broken;
        after = entry.sequence;
      }
      if (entries.length < checkPageSize) return check.verdict(repository.end());
      await nextTurn();
    }
  }

  #add(record: AuditRecord): void {
    const line = openLineOf(record.operation);
    const { repository, clock } = this.#options;
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
    this.#keep(entry, hash);
    if (line !== null) line.isKept = () => this.#isKept(entry.sequence, hash);
    if (record.operation !== 'audit.renewed') this.#renewStanding();
  }

  #keep(entry: AuditEntry, hash: Buffer): void {
    const { repository, signer } = this.#options;
    const end = { sequence: entry.sequence, hash };
    const stored = { ...entry, hash, signature: signer.sign('audit', hash) };
    repository.add(stored, { ...end, signature: signer.sign('audit', endContent(end)) });
  }

  /** What holds from an entry on has to outlive the key that signed it: it is said anew while both keys are in memory. */
  #renewStanding(): void {
    const { repository } = this.#options;
    const start = trailStartIn(repository);
    const keeping = keepingIn(repository);
    const details = {
      ...(start !== null && this.#needsNewKey(start.entry) && startDetails(start)),
      ...(keeping !== null && this.#needsNewKey(keeping.entry) && keepingDetails(keeping.keepDays)),
    };
    if (Object.keys(details).length > 0) this.#add({ operation: 'audit.renewed', details });
  }

  #needsNewKey({ hash, signature }: StoredAuditEntry): boolean {
    const { signer } = this.#options;
    const active = signer.sign('audit', hash);
    if (signature === null || active === null || active.keyVersion === signature.keyVersion) return false;
    return signer.check('audit', hash, signature) === 'right';
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
