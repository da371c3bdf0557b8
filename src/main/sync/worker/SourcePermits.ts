import { Semaphore } from '../../base/async/Semaphore.ts';
import { KeyedSerialQueue } from '../../base/async/SerialQueue.ts';
import type { Disposable } from '../../base/Emitter.ts';
import type { BundledSource } from '../queue/runBundle.ts';
import type { PermitOptions, RunPermits } from './RunPermits.ts';

/** Permits of a worker by itself, which knows only its own runs. */
export class SourcePermits implements RunPermits {
  readonly #semaphores = new Map<string, { readonly max: number; readonly semaphore: Semaphore }>();
  /** Two permits of one source are taken together, or two runs might wait for each other's second. */
  readonly #turns = new KeyedSerialQueue();

  async take(source: BundledSource, wanted: number, { signal, onWait }: PermitOptions): Promise<Disposable> {
    const count = Math.min(wanted, source.maxConnections);
    const semaphore = this.#semaphoreOf(source);
    if (!semaphore.isFree) onWait();
    let taken = 0;
    const dispose = (): void => {
      for (; taken > 0; taken -= 1) semaphore.release();
    };
    try {
      await this.#turns.run(source.id, async () => {
        for (; taken < count; taken += 1)
          await new Promise<void>((enter, refuse) => semaphore.acquire({ signal, enter, refuse }));
      });
    } catch (error) {
      dispose();
      throw error;
    }
    return { dispose };
  }

  /** One whose limit was changed begins anew; runs that are under way keep to the old one. */
  #semaphoreOf({ id, maxConnections }: BundledSource): Semaphore {
    const kept = this.#semaphores.get(id);
    if (kept?.max === maxConnections) return kept.semaphore;
    const semaphore = new Semaphore(maxConnections);
    this.#semaphores.set(id, { max: maxConnections, semaphore });
    return semaphore;
  }
}
