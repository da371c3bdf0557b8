import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfAborted } from '../base/abort.ts';

/** Longest time that work runs before others get their turn. */
const turnMs = 8;

/** Divides long work into turns of the event loop, so that the window and the streams of others go on. */
export class Pace {
  readonly #signal: AbortSignal;
  #turnBegan = performance.now();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Gives others their turn when it is time. Called every few milliseconds. @throws the abort's reason */
  async rest(): Promise<void> {
    if (performance.now() - this.#turnBegan < turnMs) return;
    await nextTurn();
    throwIfAborted(this.#signal);
    this.#turnBegan = performance.now();
  }
}
