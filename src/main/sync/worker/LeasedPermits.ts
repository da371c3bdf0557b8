import { abortReason, onAbort, throwIfAborted } from '../../base/abort.ts';
import type { Disposable } from '../../base/Emitter.ts';
import { sourceGone } from '../pipelineErrors.ts';
import type { BundledSource } from '../queue/runBundle.ts';
import type { PermitOptions, RunPermits } from './RunPermits.ts';
import type { FromWorker, LeaseAnswer } from './workerMessages.ts';

/** Permits that the app gives, which has connections to the same data sources itself. */
export class LeasedPermits implements RunPermits {
  readonly #post: (message: FromWorker) => void;
  readonly #asked = new Map<number, (answer: LeaseAnswer['is']) => void>();
  #lastId = 0;

  constructor(post: (message: FromWorker) => void) {
    this.#post = post;
  }

  async take({ id: sourceId }: BundledSource, count: number, options: PermitOptions): Promise<Disposable> {
    const { signal, onWait } = options;
    throwIfAborted(signal);
    this.#lastId += 1;
    const id = this.#lastId;
    const dispose = () => this.#post({ type: 'release', id });
    return new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        this.#asked.delete(id);
        listening.dispose();
        settle();
      };
      const listening = onAbort(signal, () => {
        dispose();
        end(() => reject(abortReason(signal)));
      });
      this.#asked.set(id, (answer) => {
        if (answer === 'waiting') onWait();
        else if (answer === 'granted') end(() => resolve({ dispose }));
        else end(() => reject(sourceGone()));
      });
      this.#post({ type: 'lease', id, sourceId, count });
    });
  }

  /** The app has answered. One that was given up meanwhile has been given back already. */
  hear({ id, is }: LeaseAnswer): void {
    this.#asked.get(id)?.(is);
  }
}
