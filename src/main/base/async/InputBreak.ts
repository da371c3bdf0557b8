import { pause } from '../abort.ts';
import type { Clock } from '../Clock.ts';

/**
 * Rows rest for so long after each key, click or turn of the wheel. With two cores, rows that come at full speed leave the
 * page too little of them: of 100 keys, the slowest five took 53 to 93 ms to the screen with breaks of 40 ms, and 31 to 44
 * with these (`npm run bench`, window).
 */
const breakMs = 100;
/** An input is drawn by then, mostly. */
const drawnMs = 40;
/** While inputs follow each other, rows come for so long between two breaks. A turn that would disturb an input waits. */
const turnMs = 8;
/** Rows rest no longer than this, also while a key is held down. */
const longestRestMs = 200;

/** A person's input goes before rows that come: those rest until what the input does is on the screen. */
export class InputBreak {
  readonly #clock: Clock;
  #lastInputMs = Number.NEGATIVE_INFINITY;
  #turnEndMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Somebody presses a key, clicks or turns the wheel. */
  begin(): void {
    this.#lastInputMs = this.#clock.monotonicMs();
  }

  /**
   * Waits for the rest of the break, if there is one, and returns at once during a turn.
   * @throws the abort's reason
   */
  async over(signal: AbortSignal): Promise<void> {
    const startMs = this.#clock.monotonicMs();
    if (startMs >= this.#lastInputMs + breakMs || startMs < this.#turnEndMs) return;
    for (let now = startMs; now < this.#endOfBreak(startMs); now = this.#clock.monotonicMs()) {
      await pause(this.#clock, this.#endOfBreak(startMs) - now, signal);
    }
    this.#turnEndMs = this.#clock.monotonicMs() + turnMs;
  }

  /** Moves while inputs follow each other. */
  #endOfBreak(startMs: number): number {
    const afterInput = Math.max(startMs + breakMs, this.#lastInputMs + drawnMs);
    return Math.min(this.#lastInputMs + breakMs, afterInput, startMs + longestRestMs);
  }
}
