import type { z } from 'zod';
import type {
  AuditCheck,
  AuditExported,
  AuditExportInput,
  AuditFilter,
  AuditPage,
  AuditStatus,
  auditPageInputSchema,
} from '../../shared/model/audit.ts';
import type { AuditRetentionDays } from '../../shared/model/auditChoices.ts';
import { isAppError } from '../base/AppError.ts';
import { SerialQueue } from '../base/async/SerialQueue.ts';
import type { Clock, Timer } from '../base/Clock.ts';
import { Emitter } from '../base/Emitter.ts';
import { type Ask, type Question, requireConsent } from '../base/Question.ts';
import type { Logger } from '../observability/Logger.ts';
import type { AuditRetention } from './AuditRetention.ts';
import type { AuditTrail } from './AuditTrail.ts';
import type { ExportWork, TrailExport } from './TrailExport.ts';

/** The first check begins when the start is over. */
const startDelayMs = 5_000;

export interface AuditServiceOptions {
  readonly trail: AuditTrail;
  readonly retention: AuditRetention;
  readonly exporter: TrailExport;
  /** Gets the key that signs into memory. @throws VAULT_…, AUDIT_NOT_PRUNED when there is none yet */
  readonly openKey: () => Promise<void>;
  readonly ask: Ask;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * The audit trail as people use it. It is checked once the app has started, once more when its signatures can be
 * checked, and whenever somebody wants it; what is too old is removed after a check that found it intact.
 */
export class AuditService {
  readonly onStatus = new Emitter<AuditStatus>();
  readonly #options: AuditServiceOptions;
  /** Checks and removals do not see each other's half. */
  readonly #queue = new SerialQueue();
  readonly #closing = new AbortController();
  #timer: Timer | null = null;
  #check: AuditCheck | null = null;
  #checkedAt: number | null = null;
  #isSeen = true;

  constructor(options: AuditServiceOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = this.#options.clock.after(startDelayMs, () => void this.#checkQuietly());
  }

  stop(): void {
    this.#timer?.cancel();
    this.#closing.abort();
  }

  /** The key is in memory: signatures can be checked, and removals be signed. */
  vaultOpened(): void {
    const isUnchecked = this.#check?.status === 'intact' && !this.#check.signaturesChecked;
    if (isUnchecked) void this.#checkQuietly();
  }

  status(): AuditStatus {
    const keepDays = this.#options.retention.keepDays;
    return { check: this.#check, checkedAt: this.#checkedAt, isSeen: this.#isSeen, keepDays };
  }

  /** Somebody has looked at what the last check found. */
  seen(): void {
    if (this.#isSeen) return;
    this.#isSeen = true;
    this.onStatus.emit(this.status());
  }

  page(input: z.infer<typeof auditPageInputSchema>): AuditPage {
    return this.#options.trail.page(input);
  }

  count(filter: AuditFilter, signal: AbortSignal): Promise<number> {
    return this.#options.trail.count(filter, signal);
  }

  /** A person wants to know; they see the answer. @throws CANCELLED, STORE_… */
  async check(signal: AbortSignal): Promise<AuditCheck> {
    const check = await this.#queue.run(() => this.#options.trail.check(signal));
    this.#take(check, true);
    return check;
  }

  /**
   * Removes what is older, now and from now on, after asking; null keeps all.
   * @returns how many entries were removed
   * @throws AUDIT_NOT_PRUNED for a trail that is broken or cannot be signed; VAULT_…, CANCELLED, QUESTION_OPEN, STORE_…
   */
  setRetention(keepDays: AuditRetentionDays, signal: AbortSignal): Promise<number> {
    return this.#queue.run(async () => {
      const { trail, retention, openKey, ask } = this.#options;
      if (keepDays !== null) {
        await openKey();
        retention.requireTrusted(await trail.check(signal));
        const count = await retention.countTooOld(keepDays, signal);
        await requireConsent(ask, retentionQuestion(keepDays, count), signal);
      }
      retention.decide(keepDays);
      // Checked anew: the question may have been open for long, and the entry of just now has to be signed too.
      const check = await trail.check(signal);
      const removedCount = await retention.prune(check, signal);
      this.onStatus.emit(this.status());
      return removedCount;
    });
  }

  /** @throws FILE_FAILED, DISK_FULL, CANCELLED, STORE_… */
  export(input: AuditExportInput, work: ExportWork): Promise<AuditExported> {
    return this.#options.exporter.export(input, work);
  }

  /** What nobody waits for. Never rejects. */
  async #checkQuietly(): Promise<void> {
    const { trail, retention, logger } = this.#options;
    const { signal } = this.#closing;
    try {
      await this.#queue.run(async () => {
        const check = await trail.check(signal);
        this.#take(check, false);
        const count = await retention.prune(check, signal);
        if (count > 0) logger.info('Old audit entries were removed', { count });
      });
    } catch (error) {
      if (isAppError(error) && error.code === 'CANCELLED') return;
      logger.error('The audit trail could not be checked', {}, error);
    }
  }

  #take(check: AuditCheck, isSeen: boolean): void {
    this.#check = check;
    this.#checkedAt = this.#options.clock.wallMs();
    this.#isSeen = isSeen || check.status === 'intact';
    if (check.status === 'broken') {
      this.#options.logger.error('The audit trail is broken', {
        sequence: check.at,
        reason: check.reason,
      });
    }
    this.onStatus.emit(this.status());
  }
}

function retentionQuestion(keepDays: number, count: number): Question {
  const now =
    count === 0
      ? 'No entry is older than that yet.'
      : `${count.toLocaleString('en-GB')} ${count === 1 ? 'entry is' : 'entries are'} removed now.`;
  return {
    question: `Keep audit entries for ${keepDays.toLocaleString('en-GB')} days only?`,
    detail: `${now} From now on, entries are removed when they are older. They are then only in exports and backups. The removal itself stays in the trail.`,
    confirmLabel: 'Remove old entries',
  };
}
