import type { PoolSettings } from '../../../shared/model/poolSettings.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import { currentCorrelationId } from '../../observability/correlation.ts';
import type { Logger } from '../../observability/Logger.ts';
import {
  type BorrowedAt,
  type Borrower,
  type GiveBack,
  Lease,
  type PoolEntry,
  type RecallReason,
} from './Lease.ts';

/** So many stacks are taken at once. */
const stackBurstCount = 20;
/** And so many a second after that. */
const stacksPerSecond = 200;

export interface LeakWatchOptions {
  readonly settings: Pick<PoolSettings, 'leakWarningMs' | 'leakReclaimMs'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** All entries of the pool; those on loan are looked at. */
  readonly entries: Iterable<PoolEntry>;
  /** Takes the connection from its borrower. */
  readonly reclaim: (entry: PoolEntry) => void;
}

export interface LoansOptions extends LeakWatchOptions {
  readonly giveBack: GiveBack;
  /** Called after each loan that began or ended. */
  readonly onChange: (nowMs: number) => void;
  /** Called when the last loan has ended. */
  readonly onAllBack: () => void;
}

/** The connections on loan: counted, and watched for those that never come back. */
export class Loans {
  readonly #options: LoansOptions;
  readonly #leakWatch: LeakWatch;
  readonly #stacks = new StackSampler();
  #count = 0;
  #lastId = 0;

  constructor(options: LoansOptions) {
    this.#options = options;
    this.#leakWatch = new LeakWatch(options);
  }

  get count(): number {
    return this.#count;
  }

  /** Those that were reported as leaks and are still out. */
  get leakedCount(): number {
    return this.#leakWatch.leakedCount;
  }

  /** Who borrows at present. @param below what the stack leaves out, with everything it calls */
  borrower(nowMs: number, below: (...parameters: never[]) => unknown): Borrower {
    return { place: this.#stacks.take(nowMs, below), correlationId: currentCorrelationId() };
  }

  begin(entry: PoolEntry, nowMs: number, borrower: Borrower): Lease {
    this.#lastId += 1;
    const lease = new Lease(this.#lastId, entry, this.#options.giveBack);
    entry.lease = lease;
    entry.borrowedAtMs = nowMs;
    entry.borrower = borrower;
    this.#count += 1;
    this.#leakWatch.lent();
    this.#options.onChange(nowMs);
    return lease;
  }

  end(entry: PoolEntry, nowMs: number): void {
    entry.lease = null;
    entry.borrower = null;
    entry.onRecall = null;
    this.#count -= 1;
    this.#leakWatch.returned(entry);
    this.#options.onChange(nowMs);
    if (this.#count === 0) this.#options.onAllBack();
  }

  /** How many are pinned. */
  get pinnedCount(): number {
    return [...this.#options.entries].filter(({ onRecall }) => onRecall !== null).length;
  }

  /** Asks for those that are pinned; whoever can spare one gives it back during this call. */
  recall(reason: RecallReason): void {
    for (const entry of [...this.#options.entries]) entry.onRecall?.(reason);
  }

  /** New limits for leaks, also for what is out already. */
  configure(settings: LeakWatchOptions['settings']): void {
    this.#leakWatch.configure(settings);
  }

  /** Leaves no timer. Call it when nothing is out. */
  rest(): void {
    this.#leakWatch.rest();
  }
}

/**
 * Reports, once, each connection that is lent for too long, with the place in the code that borrowed it; then takes it
 * back if the settings say so.
 *
 * One timer for all loans, set with the first of them. It is not cancelled with every last return, because setting it
 * costs more than lending: it ends at the pool's next housekeeping (`rest`) or when it is due.
 */
class LeakWatch {
  readonly #options: LeakWatchOptions;
  #settings: LeakWatchOptions['settings'];
  #timer: Timer | null = null;
  #leakedCount = 0;

  constructor(options: LeakWatchOptions) {
    this.#options = options;
    this.#settings = options.settings;
  }

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

  lent(): void {
    if (this.#timer === null) this.#sleep(this.#settings.leakWarningMs);
  }

  /** A loan is over, one way or the other. */
  returned(entry: PoolEntry): void {
    if (!entry.isLeak) return;
    entry.isLeak = false;
    this.#leakedCount -= 1;
  }

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
      if (!isWatched(entry)) continue;
      const heldMs = nowMs - entry.borrowedAtMs;
      const isOver = leakReclaimMs !== null && heldMs >= leakReclaimMs;
      if (heldMs >= leakWarningMs && !entry.isLeak) this.#report(entry, heldMs, isOver);
      if (isOver) this.#options.reclaim(entry);
    }
    const delayMs = this.#nextMs(nowMs);
    if (delayMs !== null) this.#sleep(delayMs);
  }

  #report(entry: PoolEntry, heldMs: number, reclaimed: boolean): void {
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

  /** How long until a loan is reported or ended; null when there is nothing to wait for. */
  #nextMs(nowMs: number): number | null {
    const { leakWarningMs, leakReclaimMs } = this.#settings;
    let earliestMs = Number.POSITIVE_INFINITY;
    for (const entry of this.#options.entries) {
      const limitMs = entry.isLeak ? leakReclaimMs : leakWarningMs;
      if (isWatched(entry) && limitMs !== null)
        earliestMs = Math.min(earliestMs, entry.borrowedAtMs + limitMs - nowMs);
    }
    return Number.isFinite(earliestMs) ? earliestMs : null;
  }
}

/** Whether it may be a leak: a pinned one is shown by its tab. */
const isWatched = ({ lease, onRecall }: PoolEntry): boolean => lease !== null && onRecall === null;

/**
 * Takes the stacks of borrowers, but not of all: one costs some 10 microseconds, ten times what lending costs. Code that
 * leaks in a busy loop leaks again, and is caught the next time.
 */
export class StackSampler {
  #tokens = stackBurstCount;
  #lastMs = 0;

  /**
   * The stack of the caller, or null when enough were taken lately.
   * @param below left out, with everything it calls
   */
  take(nowMs: number, below: (...parameters: never[]) => unknown): BorrowedAt | null {
    const earned = ((nowMs - this.#lastMs) * stacksPerSecond) / 1_000;
    this.#tokens = Math.min(stackBurstCount, this.#tokens + earned);
    this.#lastMs = nowMs;
    if (this.#tokens < 1) return null;
    this.#tokens -= 1;
    const place: BorrowedAt = {};
    Error.captureStackTrace(place, below);
    return place;
  }
}

/** The stack as one line for the log, nearest first, without folders: those name the machine's user. */
export function describePlace(place: BorrowedAt | null): string | null {
  const frames = (place?.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const shown = frames.filter((frame) => !frame.includes('node:internal')).map(withoutFolders);
  return shown.length === 0 ? null : shown.join(' < ');
}

function withoutFolders(frame: string): string {
  return frame
    .replace(/^ {4}at /, '')
    .replace(/\(.*[\\/]([^\\/]+)\)$/, '($1)')
    .replace(/^(async )?[^()]*[\\/]([^\\/()]+)$/, '$1$2');
}
