import { abortReason } from '../base/abort.ts';
import type { Clock, Timer } from '../base/Clock.ts';
import type { PoolEntry } from './PoolEntry.ts';

interface Waiter {
  readonly resolve: (entry: PoolEntry) => void;
  readonly reject: (error: unknown) => void;
  readonly timer: Timer;
  readonly stopListening: () => void;
}

/** Callers waiting for a connection, first come first served, each with its own time-out and signal. */
export class WaiterQueue {
  /** A Set keeps the order of arrival and takes anyone out in O(1). */
  readonly #waiters = new Set<Waiter>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#waiters.size;
  }

  /**
   * Waits for an entry.
   * @param timeoutError made at the time-out, so that it can carry the pool's numbers of that moment
   */
  wait(signal: AbortSignal, timeoutMs: number, timeoutError: () => Error): Promise<PoolEntry> {
    return new Promise((resolve, reject) => {
      const onAbort = () => this.#settle(waiter, () => reject(abortReason(signal)));
      const waiter: Waiter = {
        resolve,
        reject,
        timer: this.#clock.after(timeoutMs, () => this.#settle(waiter, () => reject(timeoutError()))),
        stopListening: () => signal.removeEventListener('abort', onAbort),
      };
      this.#waiters.add(waiter);
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
    });
  }

  /** Gives the entry to whoever waits longest; false when nobody does. */
  serve(entry: PoolEntry): boolean {
    return this.#settleFirst((waiter) => waiter.resolve(entry));
  }

  /** Fails whoever waits longest; false when nobody does. */
  rejectFirst(error: unknown): boolean {
    return this.#settleFirst((waiter) => waiter.reject(error));
  }

  rejectAll(error: unknown): void {
    while (this.rejectFirst(error));
  }

  #settleFirst(how: (waiter: Waiter) => void): boolean {
    const [first] = this.#waiters;
    if (first === undefined) return false;
    this.#settle(first, () => how(first));
    return true;
  }

  #settle(waiter: Waiter, how: () => void): void {
    if (!this.#waiters.delete(waiter)) return;
    waiter.timer.cancel();
    waiter.stopListening();
    how();
  }
}
