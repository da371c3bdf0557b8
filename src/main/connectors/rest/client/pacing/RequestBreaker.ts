import type { Clock } from '../../../../base/Clock.ts';
import { backoffMs } from './requestBackoff.ts';

/** So many requests in a row that the API failed open the breaker. */
const maxConsecutiveFailures = 5;

/** Keeps requests from an API that fails again and again, for a time that grows while it does. */
export class RequestBreaker {
  readonly #clock: Clock;
  readonly #random: () => number;
  #failureCount = 0;
  #openUntilMs: number | null = null;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Milliseconds until a request is let through; 0 when it is now. */
  remainingMs(): number {
    if (this.#openUntilMs === null) return 0;
    return Math.max(0, this.#openUntilMs - this.#clock.monotonicMs());
  }

  /** The API answered with sense, be it that it refuses something. */
  succeeded(): void {
    this.#failureCount = 0;
    this.#openUntilMs = null;
  }

  /** It could not be reached, or answered with a failure of its own. */
  failed(): void {
    this.#failureCount += 1;
    const beyond = this.#failureCount - maxConsecutiveFailures;
    if (beyond < 0) return;
    // Open for half of the pause at least: one of no length would be no breaker.
    const pauseMs = backoffMs(beyond + 3, () => 0.5 + this.#random() / 2);
    this.#openUntilMs = this.#clock.monotonicMs() + pauseMs;
  }
}
