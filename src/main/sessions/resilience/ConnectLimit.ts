import { Semaphore } from '../../base/async/Semaphore.ts';
import type { Clock } from '../../base/Clock.ts';

/** Connects in flight at once over all data sources: many that come back together would stall each other and the loop. */
const maxConnects = 4;
/**
 * A connect that takes longer gives its permit back and goes on: it only waits for a server that is slow or does not
 * answer at all, and four of those must not keep the others waiting for their whole time-out.
 */
const permitMs = 2_000;

/** Limits how many connects run at once; the others wait, first come first served. */
export class ConnectLimit {
  readonly #clock: Clock;
  readonly #permits: Semaphore;

  constructor(clock: Clock, max = maxConnects) {
    this.#clock = clock;
    this.#permits = new Semaphore(max);
  }

  /**
   * Runs `work` when it is its turn.
   * @throws the signal's reason when it aborts before that; `work` has not begun then
   */
  run<Value>(signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
    return this.#permits.run(signal, async (release) => {
      const patience = this.#clock.after(permitMs, release);
      try {
        return await work();
      } finally {
        patience.cancel();
      }
    });
  }
}
