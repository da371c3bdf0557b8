import { Counter, Histogram, Registry } from 'prom-client';
import { errorCodes } from '../../shared/errors/errorCodes.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { MetricsHistory, MetricsSample } from '../../shared/model/metrics.ts';
import type { PoolStats } from '../../shared/model/poolStats.ts';
import type { Clock } from '../base/Clock.ts';
import { Emitter } from '../base/Emitter.ts';
import { SourceMetrics } from './SourceMetrics.ts';

/** Seconds; from a local round trip to the longest statement a person waits for. */
const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/**
 * Counts and times every operation. Prometheus series carry the opaque data source id and an outcome code, never a
 * host, user, database or SQL text, so that their number and their content stay bounded.
 */
export class MetricsCollector {
  readonly onSample = new Emitter<{ id: DataSourceId; sample: MetricsSample }>();
  readonly registry = new Registry();
  readonly #clock: Clock;
  readonly #sources = new Map<DataSourceId, SourceMetrics>();
  readonly #queries: Counter<'source' | 'outcome'>;
  readonly #queryDuration: Histogram<'source'>;
  readonly #connects: Counter<'source' | 'outcome'>;

  constructor(clock: Clock) {
    this.#clock = clock;
    const registers = [this.registry];
    this.#queries = new Counter({
      name: 'mooring_queries_total',
      help: 'Statements run, by outcome code',
      labelNames: ['source', 'outcome'],
      registers,
    });
    this.#queryDuration = new Histogram({
      name: 'mooring_query_duration_seconds',
      help: 'Time from sending a statement to its end',
      labelNames: ['source'],
      buckets: durationBuckets,
      registers,
    });
    this.#connects = new Counter({
      name: 'mooring_connects_total',
      help: 'Connects tried, by outcome code',
      labelNames: ['source', 'outcome'],
      registers,
    });
  }

  /** @param outcome `ok` or the error code */
  recordQuery(id: DataSourceId, durationMs: number, outcome: string): void {
    this.#queries.inc({ source: id, outcome });
    this.#queryDuration.observe({ source: id }, durationMs / 1_000);
    this.#source(id).query(durationMs, outcome !== 'ok');
  }

  /** @param outcome `ok` or the error code */
  recordConnect(id: DataSourceId, outcome: string): void {
    this.#connects.inc({ source: id, outcome });
    this.#source(id).connect(outcome !== 'ok');
  }

  /** @param roundTripMs null when the server did not answer */
  recordHealth(id: DataSourceId, roundTripMs: number | null): void {
    this.#source(id).health(roundTripMs);
  }

  /** Ends the running second of a data source; listeners get the sample. */
  sample(id: DataSourceId, pool: PoolStats): void {
    const sample = this.#source(id).sample(this.#clock.wallMs(), this.#clock.monotonicMs(), pool);
    this.onSample.emit({ id, sample });
  }

  history(id: DataSourceId): MetricsHistory {
    const source = this.#source(id);
    return { id, samples: source.samples(), decisions: [], totals: { ...source.totals } };
  }

  /** Drops everything about a data source that is gone for good. */
  forget(id: DataSourceId): void {
    this.#sources.delete(id);
    for (const outcome of ['ok', ...errorCodes]) {
      this.#queries.remove({ source: id, outcome });
      this.#connects.remove({ source: id, outcome });
    }
    this.#queryDuration.remove({ source: id });
  }

  #source(id: DataSourceId): SourceMetrics {
    let source = this.#sources.get(id);
    if (source === undefined) {
      source = new SourceMetrics(this.#clock.monotonicMs());
      this.#sources.set(id, source);
    }
    return source;
  }
}
