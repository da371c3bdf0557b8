import type { Clock } from '../base/Clock.ts';

/** A page that dies twice within this is not saved by loading it again. */
const repeatWithinMs = 60_000;

/** Decides what to do about a page that died: load it again once, then ask the person. */
export class CrashWatch {
  readonly #clock: Clock;
  #lastCrashAtMs: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  crashed(): 'reload' | 'ask' {
    const nowMs = this.#clock.monotonicMs();
    const isRepeated = this.#lastCrashAtMs !== null && nowMs - this.#lastCrashAtMs < repeatWithinMs;
    this.#lastCrashAtMs = nowMs;
    return isRepeated ? 'ask' : 'reload';
  }
}
