import { throwIfAborted, untilAborted } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';

/** Connects under way at once over all data sources: many that come back together would stall each other and the loop. */
const maxConnects = 4;
/**
 * One that takes longer gives up its place and goes on: it only waits for a server that is slow or does not answer at
 * all, and four of those must not keep the others waiting for their whole time-out.
 */
const placeMs = 2_000;

interface Turn {
  readonly begin: () => void;
}

/** Lets so many connects run at once; the others wait, first come first served. */
export class ConnectLimit {
  readonly #clock: Clock;
  readonly #max: number;
  readonly #waiting = new Set<Turn>();
  #runningCount = 0;

  constructor(clock: Clock, max = maxConnects) {
    this.#clock = clock;
    this.#max = max;
  }

  /**
   * Runs `work` when it is its turn.
   * @throws the signal's reason when it aborts before that; `work` has not begun then
   */
  async run<Value>(signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
    throwIfAborted(signal);
    if (this.#runningCount >= this.#max) await this.#wait(signal);
    else this.#runningCount += 1;
    let hasPlace = true;
    const leave = () => {
      if (hasPlace) this.#passOn();
      hasPlace = false;
    };
    const patience = this.#clock.after(placeMs, leave);
    try {
      return await work();
    } finally {
      patience.cancel();
      leave();
    }
  }

  /** Resolves with the place of one who has ended: it was never free for a newcomer. */
  async #wait(signal: AbortSignal): Promise<void> {
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const turn: Turn = { begin };
    this.#waiting.add(turn);
    try {
      await untilAborted(signal, begun);
    } catch (error) {
      // Its turn may have come in the same moment: then the place goes to the next.
      if (!this.#waiting.delete(turn)) this.#passOn();
      throw error;
    }
  }

  #passOn(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#runningCount -= 1;
      return;
    }
    this.#waiting.delete(next);
    next.begin();
  }
}
