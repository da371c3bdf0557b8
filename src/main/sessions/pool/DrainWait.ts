import type { Clock, Timer } from '../../base/Clock.ts';

/** Waits until a pool has no borrowers any more, or a deadline that can only come nearer. */
export class DrainWait {
  /** Resolves when all are back or the deadline has passed. */
  readonly over: Promise<void>;
  readonly #clock: Clock;
  #end: () => void = () => undefined;
  #dueMs = Number.POSITIVE_INFINITY;
  #timer: Timer | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.over = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** No longer than this from now. */
  within(deadlineMs: number): void {
    const dueMs = this.#clock.monotonicMs() + deadlineMs;
    if (dueMs >= this.#dueMs) return;
    this.#dueMs = dueMs;
    this.#timer?.cancel();
    if (deadlineMs <= 0) this.end();
    else this.#timer = this.#clock.after(deadlineMs, () => this.end());
  }

  /** All are back. */
  end(): void {
    // Later deadlines change nothing any more.
    this.#dueMs = Number.NEGATIVE_INFINITY;
    this.#timer?.cancel();
    this.#end();
  }
}
