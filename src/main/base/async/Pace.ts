import { setImmediate as nextTurn } from 'node:timers/promises';
import { neverAborted, throwIfAborted } from '../abort.ts';
import type { Clock } from '../Clock.ts';

/** Longest time that work runs before others get their turn. With a garbage collection on top it stays below 25 ms. */
const turnMs = 5;

/** Divides long work into turns of the event loop, so that the window and the streams of others go on. */
export class Pace {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #signal: AbortSignal;
  #turnBegan: number;

  constructor(clock: Pick<Clock, 'monotonicMs'>, signal: AbortSignal = neverAborted) {
    this.#clock = clock;
    this.#signal = signal;
    this.#turnBegan = clock.monotonicMs();
  }

  /** Whether `rest` is due. For loops that would make a promise for each row. */
  get isOver(): boolean {
    return this.#clock.monotonicMs() - this.#turnBegan >= turnMs;
  }

  /** Gives others their turn when it is time. Called every millisecond or so. @throws the abort's reason */
  async rest(): Promise<void> {
    throwIfAborted(this.#signal);
    if (this.isOver) await this.pause();
  }

  /** Gives others their turn in any case. @throws the abort's reason */
  async pause(): Promise<void> {
    await nextTurn();
    throwIfAborted(this.#signal);
    this.#turnBegan = this.#clock.monotonicMs();
  }
}
