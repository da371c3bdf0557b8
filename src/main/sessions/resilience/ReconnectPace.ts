import type { Clock } from '../../base/Clock.ts';
import { backoffMs, maxDelayMs } from './backoff.ts';

/** A server that let connections live for so long is healthy: the next loss is a first one again. */
const healthyAfterMs = 60_000;
/**
 * For so long it is tried often: after the machine woke up or its network changed, and when a healthy server went away.
 * The path may come back at any moment, and a restart takes seconds.
 */
const hastyForMs = 30_000;
const hastyMaxDelayMs = 1_000;

/**
 * How long to wait before the next attempt. Failures and losses make it longer; a connect that succeeds does not make
 * it shorter, only a minute of health does, so that a server that takes connections and drops them is not hammered.
 */
export class ReconnectPace {
  readonly #clock: Clock;
  readonly #random: () => number;
  #attempt = 0;
  #hasLost = false;
  #connectedAtMs: number | null = null;
  #hastyUntilMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Number of the attempt that is waited for; 0 when none has failed lately. */
  get attempt(): number {
    return this.#attempt;
  }

  get isHasty(): boolean {
    return this.#clock.monotonicMs() < this.#hastyUntilMs;
  }

  /** An attempt failed. @returns milliseconds to wait before the next one */
  failed(): number {
    this.#forgetWhenHealthy();
    this.#connectedAtMs = null;
    this.#attempt += 1;
    return backoffMs(this.#attempt, this.#random, this.isHasty ? hastyMaxDelayMs : maxDelayMs);
  }

  /** All connections were lost. @returns 0 for the first time in a while: that one is made up for at once */
  lost(): number {
    this.#forgetWhenHealthy();
    if (this.#attempt > 0 || this.#hasLost) return this.failed();
    this.#hasLost = true;
    this.#connectedAtMs = null;
    this.#beHasty();
    return 0;
  }

  connected(): void {
    this.#connectedAtMs = this.#clock.monotonicMs();
  }

  /** A person wants it now: what was before does not count. */
  reset(): void {
    this.#attempt = 0;
    this.#hasLost = false;
  }

  /** The machine woke up, or its network changed. */
  hurry(): void {
    this.reset();
    this.#beHasty();
  }

  #beHasty(): void {
    this.#hastyUntilMs = this.#clock.monotonicMs() + hastyForMs;
  }

  #forgetWhenHealthy(): void {
    if (this.#connectedAtMs === null) return;
    if (this.#clock.monotonicMs() - this.#connectedAtMs >= healthyAfterMs) this.reset();
  }
}
