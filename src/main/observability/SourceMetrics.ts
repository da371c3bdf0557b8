import { type MetricsHistory, type MetricsSample, metricsHistoryLength } from '../../shared/model/metrics.ts';
import { type PoolStats, type ScalingDecision, scalingHistoryLength } from '../../shared/model/poolStats.ts';
import { DurationHistogram } from './DurationHistogram.ts';
import { RingBuffer } from './RingBuffer.ts';

/** Latencies kept within one second; at more queries a second the later ones are left out of the percentiles. */
const maxLatencies = 2_048;

/** Nearest-rank percentile of sorted values; null for none. */
function percentile(sorted: Float64Array, share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

/**
 * What happened on one data source: the running second, the last five minutes and totals. Whoever measures holds it
 * directly; what is told after the data source was forgotten goes nowhere.
 */
export class SourceMetrics {
  readonly durations = new DurationHistogram();
  /** By outcome: `ok` or an error code. */
  readonly connects = new Map<string, number>();
  /** Statements that failed, by error code; those that did not are in `answeredCount`. */
  readonly failures = new Map<string, number>();
  readonly #history = new RingBuffer<MetricsSample>(metricsHistoryLength);
  readonly #decisions = new RingBuffer<ScalingDecision>(scalingHistoryLength);
  #latencies: number[] = [];
  #answeredCount = 0;
  #queries = 0;
  #errors = 0;
  #healthMs: number | null = null;
  #sampledAtMs: number;

  constructor(nowMs: number) {
    this.#sampledAtMs = nowMs;
  }

  /** Statements that the server has answered without an error. */
  get answeredCount(): number {
    return this.#answeredCount;
  }

  /**
   * On the way of every statement: counters only.
   * @param outcome `ok` or the error code
   */
  query(durationMs: number, outcome: string): void {
    if (this.#latencies.length < maxLatencies) this.#latencies.push(durationMs);
    this.#queries += 1;
    this.durations.add(durationMs);
    if (outcome === 'ok') {
      this.#answeredCount += 1;
      return;
    }
    this.#errors += 1;
    this.failures.set(outcome, (this.failures.get(outcome) ?? 0) + 1);
  }

  /** @param outcome `ok` or the error code */
  connect(outcome: string): void {
    this.connects.set(outcome, (this.connects.get(outcome) ?? 0) + 1);
  }

  /** @param roundTripMs null when the server did not answer */
  health(roundTripMs: number | null): void {
    this.#healthMs = roundTripMs;
  }

  /**
   * Ends the running interval. Rates are over the time that really passed: a timer may be late.
   * @param decisions what the pool's scaler decided in it
   */
  sample(
    wallMs: number,
    nowMs: number,
    pool: PoolStats,
    decisions: readonly ScalingDecision[],
  ): MetricsSample {
    const seconds = Math.max(0.001, (nowMs - this.#sampledAtMs) / 1_000);
    const sorted = Float64Array.from(this.#latencies).sort();
    const sample: MetricsSample = {
      at: wallMs,
      pool,
      queriesPerSecond: this.#queries / seconds,
      errorsPerSecond: this.#errors / seconds,
      latencyP50Ms: percentile(sorted, 0.5),
      latencyP95Ms: percentile(sorted, 0.95),
      healthMs: this.#healthMs,
      decisions: decisions.slice(-scalingHistoryLength),
    };
    for (const decision of decisions) this.#decisions.push(decision);
    this.#latencies = [];
    this.#queries = 0;
    this.#errors = 0;
    this.#sampledAtMs = nowMs;
    this.#history.push(sample);
    return sample;
  }

  history(): Omit<MetricsHistory, 'id'> {
    const connectsOk = this.connects.get('ok') ?? 0;
    const errors = sum(this.failures);
    return {
      samples: this.#history.toArray(),
      decisions: this.#decisions.toArray(),
      totals: {
        queries: this.#answeredCount + errors,
        errors,
        connectsOk,
        connectsFailed: sum(this.connects) - connectsOk,
      },
    };
  }
}

const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((total, count) => total + count, 0);
