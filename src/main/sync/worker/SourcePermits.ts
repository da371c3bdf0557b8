import { KeyedSerialQueue } from '../../base/async/SerialQueue.ts';
import { Semaphore } from '../../base/async/Semaphore.ts';
import type { BundledSource } from '../queue/runBundle.ts';

/** So many connections a run has to a data source that is both its source and its destination. */
const mostPerSource = 2;

/** Keeps the runs of this worker within the connections that each data source may have. */
export class SourcePermits {
  readonly #semaphores = new Map<string, { readonly max: number; readonly semaphore: Semaphore }>();
  /** Two permits of one source are taken together, or two runs might wait for each other's second. */
  readonly #turns = new KeyedSerialQueue();

  /**
   * Runs `work` with permits for all its connections.
   * @param onWait called when it has to wait for the source
   * @throws what `work` throws; the signal's reason when it aborts before
   */
  async run<Value>(
    sources: readonly BundledSource[],
    signal: AbortSignal,
    onWait: (source: BundledSource) => void,
    work: () => Promise<Value>,
  ): Promise<Value> {
    const held: Semaphore[] = [];
    const count = sources.length === 1 ? mostPerSource : 1;
    // Always in the same order, so that no two runs wait for each other.
    const inOrder = [...sources].sort((one, other) => (one.id < other.id ? -1 : 1));
    try {
      for (const source of inOrder) await this.#take(source, Math.min(count, source.maxConnections), signal, onWait, held);
      return await work();
    } finally {
      for (const semaphore of held) semaphore.release();
    }
  }

  async #take(
    source: BundledSource,
    count: number,
    signal: AbortSignal,
    onWait: (source: BundledSource) => void,
    held: Semaphore[],
  ): Promise<void> {
    const semaphore = this.#semaphoreOf(source);
    if (!semaphore.isFree) onWait(source);
    await this.#turns.run(source.id, async () => {
      for (let taken = 0; taken < count; taken += 1) {
        await new Promise<void>((enter, refuse) => semaphore.acquire({ signal, enter, refuse }));
        held.push(semaphore);
      }
    });
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
