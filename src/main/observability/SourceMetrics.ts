import { type MetricsHistory, type MetricsSample, metricsHistoryLength } from '../../shared/model/metrics.ts';
import type { PoolStats } from '../../shared/model/poolStats.ts';
import { RingBuffer } from './RingBuffer.ts';

/** Latencies kept within one second; at more queries a second the later ones are left out of the percentiles. */
const maxLatencies = 2_048;

/** Nearest-rank percentile of sorted values; null for none. */
function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

/** What happened on one data source: the running second, the last five minutes and totals. */
export class SourceMetrics {
  readonly #history = new RingBuffer<MetricsSample>(metricsHistoryLength);
  readonly totals: MetricsHistory['totals'] = { queries: 0, errors: 0, connectsOk: 0, connectsFailed: 0 };
  #latencies: number[] = [];
  #queries = 0;
  #errors = 0;
  #healthMs: number | null = null;
  #sampledAtMs: number;

  constructor(nowMs: number) {
    this.#sampledAtMs = nowMs;
  }

  query(durationMs: number, isError: boolean): void {
    this.#queries += 1;
    this.totals.queries += 1;
    if (isError) {
      this.#errors += 1;
      this.totals.errors += 1;
    }
    if (this.#latencies.length < maxLatencies) this.#latencies.push(durationMs);
  }

  connect(isError: boolean): void {
    if (isError) this.totals.connectsFailed += 1;
    else this.totals.connectsOk += 1;
  }

  health(roundTripMs: number | null): void {
    this.#healthMs = roundTripMs;
  }

  /** Ends the running interval. Rates are over the time that really passed: a timer may be late. */
  sample(wallMs: number, nowMs: number, pool: PoolStats): MetricsSample {
    const seconds = Math.max(0.001, (nowMs - this.#sampledAtMs) / 1_000);
    const sorted = this.#latencies.sort((left, right) => left - right);
    const sample: MetricsSample = {
      at: wallMs,
      pool,
      queriesPerSecond: this.#queries / seconds,
      errorsPerSecond: this.#errors / seconds,
      latencyP50Ms: percentile(sorted, 0.5),
      latencyP95Ms: percentile(sorted, 0.95),
      healthMs: this.#healthMs,
      decisions: [],
    };
    this.#latencies = [];
    this.#queries = 0;
    this.#errors = 0;
    this.#sampledAtMs = nowMs;
    this.#history.push(sample);
    return sample;
  }

  samples(): MetricsSample[] {
    return this.#history.toArray();
  }
}
