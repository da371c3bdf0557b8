import type { Clock } from '../../base/Clock.ts';

/** What an answer tells about the rate limit. */
export interface RateState {
  readonly isOver: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Whole seconds until the next period begins. */
  readonly resetSeconds: number;
}

/** Counts requests in periods of a fixed length, as many APIs do. */
export class RequestRate {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #limit: number;
  readonly #periodMs: number;
  #began = Number.NEGATIVE_INFINITY;
  #count = 0;

  constructor(clock: Pick<Clock, 'monotonicMs'>, limit: number, periodMs: number) {
    this.#clock = clock;
    this.#limit = limit;
    this.#periodMs = periodMs;
  }

  /** Counts one request. */
  take(): RateState {
    const now = this.#clock.monotonicMs();
    if (now - this.#began >= this.#periodMs) {
      this.#began = now;
      this.#count = 0;
    }
    const isOver = this.#count >= this.#limit;
    if (!isOver) this.#count += 1;
    const restMs = this.#periodMs - (now - this.#began);
    return {
      isOver,
      limit: this.#limit,
      remaining: this.#limit - this.#count,
      resetSeconds: Math.max(1, Math.ceil(restMs / 1_000)),
    };
  }
}
