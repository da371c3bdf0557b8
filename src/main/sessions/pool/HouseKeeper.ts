import type { Clock, Timer } from '../../base/Clock.ts';
import { housekeepingIntervalMs } from './poolOptions.ts';

/** Runs the pool's tidying at an interval while there is anything to tidy; holds no timer otherwise. */
export class HouseKeeper {
  readonly #clock: Clock;
  readonly #tidy: () => void;
  #timer: Timer | null = null;

  constructor(clock: Clock, tidy: () => void) {
    this.#clock = clock;
    this.#tidy = tidy;
  }

  start(): void {
    this.#timer ??= this.#clock.after(housekeepingIntervalMs, () => {
      this.#timer = null;
      this.start();
      this.#tidy();
    });
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }
}
