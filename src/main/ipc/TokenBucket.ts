import type { Clock } from '../base/Clock.ts';

export interface TokenBucketOptions {
  /** Most takes at once, after a rest. */
  readonly burstCount: number;
  /** Takes per second that can be kept up. */
  readonly perSecondCount: number;
}

/** Limits how often something happens (token bucket, on monotonic time). */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #options: TokenBucketOptions;
  #tokenCount: number;
  #filledAtMs: number;

  constructor(clock: Clock, options: TokenBucketOptions) {
    this.#clock = clock;
    this.#options = options;
    this.#tokenCount = options.burstCount;
    this.#filledAtMs = clock.monotonicMs();
  }

  /** Takes one token; false when there is none, and then nothing is taken. */
  tryTake(): boolean {
    const nowMs = this.#clock.monotonicMs();
    const earned = ((nowMs - this.#filledAtMs) / 1_000) * this.#options.perSecondCount;
    this.#tokenCount = Math.min(this.#options.burstCount, this.#tokenCount + earned);
    this.#filledAtMs = nowMs;
    if (this.#tokenCount < 1) return false;
    this.#tokenCount -= 1;
    return true;
  }
}
