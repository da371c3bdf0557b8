import { onAbort, throwIfAborted } from '../../base/abort.ts';
import { vaultBusy } from '../vaultErrors.ts';

interface Running {
  readonly controller: AbortController;
  /** Settles when it has ended, however; never rejects. */
  readonly ended: Promise<void>;
}

/** Lets one operation on the keys run at a time. */
export class KeyOperations {
  #running: Running | null = null;

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /**
   * @param work gets a signal that aborts when `signal` does, or by `abort`
   * @throws VAULT_BUSY at once while another one runs; else what `work` throws
   */
  async run<Value>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    if (this.#running !== null) throw vaultBusy();
    throwIfAborted(signal);
    const controller = new AbortController();
    const listening = onAbort(signal, () => controller.abort(signal.reason));
    const running = work(controller.signal);
    const over = () => {
      listening.dispose();
      this.#running = null;
    };
    const ended = running.then(over, over);
    this.#running = { controller, ended };
    await ended;
    return running;
  }

  /** What runs is given up as soon as that is safe. */
  abort(reason: Error): void {
    this.#running?.controller.abort(reason);
  }

  /** Waits until nothing runs. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running.ended;
  }
}
