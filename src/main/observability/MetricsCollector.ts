import type { DataSourceId } from '../../shared/model/ids.ts';
import type { MetricsSample } from '../../shared/model/metrics.ts';
import type { PoolStats, ScalingDecision } from '../../shared/model/poolStats.ts';
import type { Clock } from '../base/Clock.ts';
import { Emitter } from '../base/Emitter.ts';
import type { IntervalFigures } from './MeasuredInterval.ts';
import { SourceMetrics, type SourceTotals } from './SourceMetrics.ts';

/** A second of a data source that has ended, for whoever adds seconds up. */
export interface MeasuredSecond {
  readonly id: DataSourceId;
  /** Epoch milliseconds of its end. */
  readonly at: number;
  readonly figures: IntervalFigures;
  readonly decisions: readonly ScalingDecision[];
}

/**
 * Counts and times every operation on the data sources it was told to track. The Prometheus series are made from the
 * same counters when they are asked for (`prometheus`): what runs for every statement is no more than an addition.
 */
export class MetricsCollector {
  readonly onSample = new Emitter<{ id: DataSourceId; sample: MetricsSample }>();
  readonly onMeasured = new Emitter<MeasuredSecond>();
  readonly #clock: Clock;
  readonly #sources = new Map<DataSourceId, SourceMetrics>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Everything that was counted, by data source. */
  get sources(): ReadonlyMap<DataSourceId, SourceMetrics> {
    return this.#sources;
  }

  /** Begins to measure a data source, or goes on where it was. Whoever measures often keeps what this returns. */
  track(id: DataSourceId): SourceMetrics {
    const known = this.#sources.get(id);
    if (known !== undefined) return known;
    const source = new SourceMetrics(this.#clock.monotonicMs());
    this.#sources.set(id, source);
    return source;
  }

  /** Ends the running second of a data source; listeners get the sample. */
  sample(id: DataSourceId, pool: PoolStats, decisions: readonly ScalingDecision[] = []): void {
    const source = this.#sources.get(id);
    if (source === undefined) return;
    const at = this.#clock.wallMs();
    const { sample, figures } = source.sample(at, this.#clock.monotonicMs(), pool, decisions);
    this.onMeasured.emit({ id, at, figures, decisions });
    this.onSample.emit({ id, sample });
  }

  /** The last five minutes, oldest first; none of a data source that is not tracked. */
  samples(id: DataSourceId): MetricsSample[] {
    return this.#sources.get(id)?.samples() ?? [];
  }

  totals(id: DataSourceId): SourceTotals {
    return (this.#sources.get(id) ?? new SourceMetrics(0)).totals;
  }

  /** Drops everything about a data source that is gone. What is still told about it goes nowhere. */
  forget(id: DataSourceId): void {
    this.#sources.delete(id);
  }
}
