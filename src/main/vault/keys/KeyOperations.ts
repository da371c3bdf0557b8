import { neverAborted, onAbort, throwIfAborted } from '../../base/abort.ts';
import { Semaphore } from '../../base/async/Semaphore.ts';
import { vaultBusy } from '../vaultErrors.ts';

/** Lets one operation on the keys run at a time. */
export class KeyOperations {
  readonly #turn = new Semaphore(1);
  /** Of the operation that began last. */
  #controller = new AbortController();

  get isRunning(): boolean {
    return !this.#turn.isFree;
  }

  /**
   * @param work gets a signal that aborts when `signal` does, or by `abort`
   * @throws VAULT_BUSY at once while another one runs; else what `work` throws
   */
  async run<Value>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    const running = this.#turn.tryRun(() => this.#run(signal, work));
    if (running === null) throw vaultBusy();
    return running;
  }

  /** Gives up what runs as soon as that is safe. */
  abort(reason: Error): void {
    this.#controller.abort(reason);
  }

  /** Waits until nothing runs. */
  async idle(): Promise<void> {
    while (this.isRunning) await this.#turn.run(neverAborted, async (release) => release());
  }

  async #run<Value>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    throwIfAborted(signal);
    const controller = new AbortController();
    this.#controller = controller;
    const listening = onAbort(signal, () => controller.abort(signal.reason));
    try {
      return await work(controller.signal);
    } finally {
      listening.dispose();
    }
  }
}
