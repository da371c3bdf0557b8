import type { DataSourceId } from '../../shared/model/ids.ts';
import type { Clock, Timer } from '../base/Clock.ts';
import type { MetricsCollector } from '../observability/MetricsCollector.ts';
import type { ManagedSource } from './ManagedSource.ts';

const intervalMs = 1_000;

/**
 * Takes a sample of every data source in use each second, with one timer for all and none when there is nothing to look
 * at: one that has failed stands still until a person does something.
 */
export class Sampling {
  readonly #clock: Clock;
  readonly #metrics: MetricsCollector;
  readonly #sources: ReadonlyMap<DataSourceId, ManagedSource>;
  #timer: Timer | null = null;

  constructor(clock: Clock, metrics: MetricsCollector, sources: ReadonlyMap<DataSourceId, ManagedSource>) {
    this.#clock = clock;
    this.#metrics = metrics;
    this.#sources = sources;
  }

  /** People who look now see the pool as it is, not a second later. */
  stateChanged(id: DataSourceId, source: ManagedSource): void {
    const { status } = source.state;
    if (status === 'ready' || status === 'failed') this.#sample(id, source);
    if (isMoving(source)) this.#start();
  }

  /** One data source less is in use. */
  sourceGone(): void {
    if ([...this.#sources.values()].some(isMoving)) return;
    this.#timer?.cancel();
    this.#timer = null;
  }

  /** The last sample of all, and no further one. */
  flush(): void {
    this.#timer?.cancel();
    this.#timer = null;
    for (const [id, source] of this.#sources) this.#sample(id, source);
  }

  #start(): void {
    this.#timer ??= this.#clock.after(intervalMs, () => {
      this.#timer = null;
      for (const [id, source] of this.#sources) {
        if (!isMoving(source)) continue;
        this.#sample(id, source);
        this.#start();
      }
    });
  }

  #sample(id: DataSourceId, source: ManagedSource): void {
    this.#metrics.sample(id, source.poolStats(), source.takeDecisions());
  }
}

const isMoving = ({ state }: ManagedSource): boolean => !['idle', 'failed', 'closing'].includes(state.status);
