import type { PoolSettings } from '../../../shared/model/poolSettings.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';
import type { PoolEntry } from './PoolEntry.ts';
import { describePlace } from './StackSampler.ts';

export interface LeakWatchOptions {
  readonly settings: Pick<PoolSettings, 'leakWarningMs' | 'leakReclaimMs'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** All entries of the pool; those on loan are looked at. */
  readonly entries: Iterable<PoolEntry>;
  /** Takes the connection from its borrower. */
  readonly reclaim: (entry: PoolEntry) => void;
}

/**
 * Tells, once, of each connection that is lent for too long, with the place in the code that borrowed it; then takes it
 * back if the settings say so.
 *
 * One timer for all loans, set with the first of them. It is not cancelled with every last return, because setting it
 * costs more than lending: it ends at the pool's next housekeeping (`rest`) or when it is due.
 */
export class LeakWatch {
  readonly #options: LeakWatchOptions;
  #settings: LeakWatchOptions['settings'];
  #timer: Timer | null = null;
  #leakedCount = 0;

  constructor(options: LeakWatchOptions) {
    this.#options = options;
    this.#settings = options.settings;
  }

  /** Connections out at present that were told as leaks. */
  get leakedCount(): number {
    return this.#leakedCount;
  }

  /** New limits, also for what is lent already: a loan that is within them now is no leak any more. */
  configure(settings: LeakWatchOptions['settings']): void {
    this.#settings = settings;
    if (this.#timer === null && this.#leakedCount === 0) return;
    const nowMs = this.#options.clock.monotonicMs();
    for (const entry of this.#options.entries) {
      if (nowMs - entry.borrowedAtMs < settings.leakWarningMs) this.returned(entry);
    }
    this.#timer?.cancel();
    this.#look();
  }

  /** A connection was lent. */
  lent(): void {
    if (this.#timer === null) this.#sleep(this.#settings.leakWarningMs);
  }

  /** A loan is over, one way or the other. */
  returned(entry: PoolEntry): void {
    if (!entry.isLeak) return;
    entry.isLeak = false;
    this.#leakedCount -= 1;
  }

  /** Nothing is lent at present: no timer is left. */
  rest(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #sleep(delayMs: number): void {
    this.#timer = this.#options.clock.after(delayMs, () => this.#look());
  }

  #look(): void {
    this.#timer = null;
    const nowMs = this.#options.clock.monotonicMs();
    const { leakReclaimMs, leakWarningMs } = this.#settings;
    for (const entry of [...this.#options.entries]) {
      if (entry.lease === null) continue;
      const heldMs = nowMs - entry.borrowedAtMs;
      const isOver = leakReclaimMs !== null && heldMs >= leakReclaimMs;
      if (heldMs >= leakWarningMs && !entry.isLeak) this.#tell(entry, heldMs, isOver);
      if (isOver) this.#options.reclaim(entry);
    }
    const delayMs = this.#nextMs(nowMs);
    if (delayMs !== null) this.#sleep(delayMs);
  }

  #tell(entry: PoolEntry, heldMs: number, reclaimed: boolean): void {
    entry.isLeak = true;
    this.#leakedCount += 1;
    this.#options.logger.warn('a connection was not given back', {
      heldMs: Math.round(heldMs),
      reclaimed,
      borrowedBy: describePlace(entry.borrower?.place ?? null),
      correlationId: entry.borrower?.correlationId,
      backendId: entry.connection.backendId,
    });
  }

  /** How long until a loan is told or ended; null when none is waited for. */
  #nextMs(nowMs: number): number | null {
    const { leakWarningMs, leakReclaimMs } = this.#settings;
    let earliestMs = Number.POSITIVE_INFINITY;
    for (const entry of this.#options.entries) {
      const limitMs = entry.isLeak ? leakReclaimMs : leakWarningMs;
      if (entry.lease !== null && limitMs !== null)
        earliestMs = Math.min(earliestMs, entry.borrowedAtMs + limitMs - nowMs);
    }
    return Number.isFinite(earliestMs) ? earliestMs : null;
  }
}
