import type { Clock } from '../../base/Clock.ts';

/** Outcomes kept at most; the oldest give way. Far more than connects of one server in the window. */
const maxOutcomes = 1_000;

interface Outcome {
  readonly atMs: number;
  readonly isFailure: boolean;
}

/** How many of the latest attempts failed, over a sliding window of monotonic time. */
export class FailureWindow {
  readonly #clock: Clock;
  readonly #lengthMs: number;
  #outcomes: Outcome[] = [];

  constructor(clock: Clock, lengthMs: number) {
    this.#clock = clock;
    this.#lengthMs = lengthMs;
  }

  add(isFailure: boolean): void {
    this.#forgetOld();
    if (this.#outcomes.length >= maxOutcomes) this.#outcomes.shift();
    this.#outcomes.push({ atMs: this.#clock.monotonicMs(), isFailure });
  }

  /** Attempts in the window, and the share of them that failed (0 when there were none). */
  look(): { count: number; failedShare: number } {
    this.#forgetOld();
    const count = this.#outcomes.length;
    const failedCount = this.#outcomes.filter(({ isFailure }) => isFailure).length;
    return { count, failedShare: count === 0 ? 0 : failedCount / count };
  }

  clear(): void {
    this.#outcomes = [];
  }

  #forgetOld(): void {
    const oldestMs = this.#clock.monotonicMs() - this.#lengthMs;
    const firstKept = this.#outcomes.findIndex(({ atMs }) => atMs > oldestMs);
    this.#outcomes.splice(0, firstKept < 0 ? this.#outcomes.length : firstKept);
  }
}
