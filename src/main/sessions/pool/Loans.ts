import { currentCorrelationId } from '../../observability/correlation.ts';
import { LeakWatch, type LeakWatchOptions } from './LeakWatch.ts';
import { type GiveBack, Lease } from './Lease.ts';
import type { PoolEntry } from './PoolEntry.ts';
import { type BorrowedAt, StackSampler } from './StackSampler.ts';

/** Who borrows: for the leak watch. */
export interface Borrower {
  readonly place: BorrowedAt | null;
  readonly correlationId: string | null;
}

export interface LoansOptions extends LeakWatchOptions {
  readonly giveBack: GiveBack;
  /** Called after each loan that began or ended. */
  readonly onChange: (nowMs: number) => void;
}

/** The connections that are out: counted, and watched for those that never come back. */
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

  /** Those that were told as leaks and are still out. */
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
    this.#count -= 1;
    this.#leakWatch.returned(entry);
    this.#options.onChange(nowMs);
  }

  /** New limits for leaks, also for what is out already. */
  configure(settings: LeakWatchOptions['settings']): void {
    this.#leakWatch.configure(settings);
  }

  /** No timer is left. Call it when nothing is out. */
  rest(): void {
    this.#leakWatch.rest();
  }
}
