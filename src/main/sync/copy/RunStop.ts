import { abortReason, onAbort, unboundedController } from '../../base/abort.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { Disposable } from '../../base/Emitter.ts';
import type { TakenRun } from '../queue/RunQueue.ts';

/** How long the batch that is being written may take once a pause is asked for. */
const pauseMs = 20_000;

/**
 * How a run is stopped: a pause lets it end its batch, anything else stops what is on its way. Batches that were written
 * stay written.
 */
export class RunStop {
  readonly #taken: Pick<TakenRun, 'signal' | 'request'>;
  readonly #controller = unboundedController();
  readonly #listening: Disposable;
  #timer: Timer | null = null;

  constructor(taken: Pick<TakenRun, 'signal' | 'request'>, clock: Clock) {
    this.#taken = taken;
    this.#listening = onAbort(taken.signal, () => {
      if (taken.request() === 'pause') this.#timer = clock.after(pauseMs, () => this.#abort());
      else this.#abort();
    });
  }

  /** For all that the run does. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Between two batches. @throws why the run stops */
  check(): void {
    if (this.#taken.signal.aborted) throw abortReason(this.#taken.signal);
  }

  dispose(): void {
    this.#timer?.cancel();
    this.#listening.dispose();
  }

  #abort(): void {
    this.#controller.abort(abortReason(this.#taken.signal));
  }
}
