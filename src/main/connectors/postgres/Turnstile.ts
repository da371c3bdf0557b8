import { abortReason, onAbort, throwIfAborted } from '../../base/abort.ts';

/** Lets one piece of work through at a time, first come first served. */
export class Turnstile {
  readonly #waiting: (() => void)[] = [];
  #isTaken = false;

  /**
   * Runs `work` when everything before it has ended.
   * @throws the abort's reason when the signal aborts while it waits; `work` is not started then
   */
  async pass<Value>(signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
    throwIfAborted(signal);
    if (this.#isTaken) await this.#wait(signal);
    this.#isTaken = true;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#isTaken = false;
      else next();
    }
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        listening.dispose();
        resolve();
      };
      const listening = onAbort(signal, () => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(abortReason(signal));
      });
      this.#waiting.push(enter);
    });
  }
}
