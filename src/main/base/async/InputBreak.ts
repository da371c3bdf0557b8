import { pause } from '../abort.ts';
import type { Clock } from '../Clock.ts';

/**
 * So long rests what fills results after each key, click or turn of the wheel. With two cores, rows that come at full
 * speed leave the page too little of them: 95 of 100 keys were on the screen within 63 ms without a break, and within 47
 * with it (`npm run bench`, window).
 */
const breakMs = 40;

/** A person's input goes before rows that come: those rest until what the input does is on the screen. */
export class InputBreak {
  readonly #clock: Clock;
  #lastInputMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Somebody presses a key, clicks or turns the wheel. */
  begin(): void {
    this.#lastInputMs = this.#clock.monotonicMs();
  }

  /**
   * Waits for the rest of the break, if there is one, and no longer: while a key is held down, rows still come.
   * @throws the abort's reason
   */
  async over(signal: AbortSignal): Promise<void> {
    const leftMs = this.#lastInputMs + breakMs - this.#clock.monotonicMs();
    if (leftMs > 0) await pause(this.#clock, leftMs, signal);
  }
}
