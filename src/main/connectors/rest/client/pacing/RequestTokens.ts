import type { Clock } from '../../../../base/Clock.ts';

export interface RequestRate {
  readonly requests: number;
  readonly seconds: number;
}

/**
 * A bucket of tokens, one for each request. A token comes back a period after it was taken, so that no stretch of that
 * length ever has more requests than the rate allows, wherever it begins.
 */
export class RequestTokens {
  readonly #clock: Clock;
  #rate: RequestRate | null = null;
  /** When tokens were taken, oldest first. */
  #takenAtMs: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Null: without a limit. What was taken before still counts. */
  configure(rate: RequestRate | null): void {
    this.#rate = rate;
    if (rate === null) this.#takenAtMs = [];
  }

  /** Milliseconds until there is a token. */
  waitMs(): number {
    if (this.#rate === null) return 0;
    const { requests, seconds } = this.#rate;
    const nowMs = this.#clock.monotonicMs();
    const backMs = nowMs - seconds * 1_000;
    const stillOut = this.#takenAtMs.findIndex((takenMs) => takenMs > backMs);
    this.#takenAtMs.splice(0, stillOut < 0 ? this.#takenAtMs.length : stillOut);
    const next = this.#takenAtMs[this.#takenAtMs.length - requests];
    return next === undefined ? 0 : next - backMs;
  }

  /** Takes one, whether there is one or not. */
  take(): void {
    if (this.#rate !== null) this.#takenAtMs.push(this.#clock.monotonicMs());
  }
}
