import { metricsHistoryLength, scalingHistoryLength } from '../../shared/model/historyLengths.ts';
import type { MetricsHistory, MetricsSample } from '../../shared/model/metrics.ts';
import type { PoolStats, ScalingDecision } from '../../shared/model/poolStats.ts';
import type { StatementOutcome, StatementPurpose, StatementRecorder } from '../base/statementKinds.ts';
import { DurationHistogram } from './DurationHistogram.ts';
import { RingBuffer } from './RingBuffer.ts';

/** Latencies kept within one second; at more queries a second the later ones are left out of the percentiles. */
const maxLatencies = 2_048;

/** Nearest-rank percentile of sorted values; null for none. */
function percentile(sorted: Float64Array, share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

/**
 * What happened on one data source: the running second, the last five minutes and totals. Of these the window sees what
 * people ran; what Mooring runs by itself is counted beside it. Whoever measures holds it directly; what is recorded
 * after the data source was forgotten is ignored.
 */
export class SourceMetrics implements StatementRecorder {
  /** Statements that have ended, by purpose and outcome. */
  readonly statements = byPurpose(() => byOutcome());
  /** How long those took that were not cancelled. */
  readonly durations = byPurpose(() => new DurationHistogram());
  /** By outcome: `ok` or an error code. */
  readonly connects = new Map<string, number>();
  /** How long callers waited for a connection that was not free, whether they got one or gave up. */
  readonly waits = new DurationHistogram();
  readonly #history = new RingBuffer<MetricsSample>(metricsHistoryLength);
  readonly #decisions = new RingBuffer<ScalingDecision>(scalingHistoryLength);
  #latencies: number[] = [];
  #queries = 0;
  #errors = 0;
  #cancels = 0;
  #healthMs: number | null = null;
  #waitTimeoutCount = 0;
  #reconnectCount = 0;
  #sampledAtMs: number;

  constructor(nowMs: number) {
    this.#sampledAtMs = nowMs;
  }

  /** Statements, pings aside, that the server has answered without an error. */
  get answeredCount(): number {
    return this.statements.user.ok + this.statements.catalogue.ok;
  }

  /** Round trip of the last health check; null when the server did not answer it, or none was made. */
  get healthMs(): number | null {
    return this.#healthMs;
  }

  /** Callers who waited for a connection for too long. */
  get waitTimeoutCount(): number {
    return this.#waitTimeoutCount;
  }

  /** How many times all connections were lost, and Mooring began to reconnect. */
  get reconnectCount(): number {
    return this.#reconnectCount;
  }

  statement(durationMs: number, purpose: StatementPurpose, outcome: StatementOutcome): void {
    this.statements[purpose][outcome] += 1;
    // When somebody lost patience says nothing about how long the server takes.
    const isTimed = outcome !== 'cancelled';
    if (isTimed) this.durations[purpose].add(durationMs);
    if (purpose !== 'user') return;
    this.#queries += 1;
    if (!isTimed) this.#cancels += 1;
    else if (outcome !== 'ok') this.#errors += 1;
    if (isTimed && this.#latencies.length < maxLatencies) this.#latencies.push(durationMs);
  }

  /** @param outcome `ok` or the error code */
  connect(outcome: string): void {
    this.connects.set(outcome, (this.connects.get(outcome) ?? 0) + 1);
  }

  /** @param roundTripMs null when the server did not answer */
  health(roundTripMs: number | null): void {
    this.#healthMs = roundTripMs;
  }

  /** A caller who waited for a connection got one, or gave up. */
  waited(waitMs: number, isServed: boolean): void {
    this.waits.add(waitMs);
    if (!isServed) this.#waitTimeoutCount += 1;
  }

  reconnecting(): void {
    this.#reconnectCount += 1;
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
      cancelsPerSecond: this.#cancels / seconds,
      latencyP50Ms: percentile(sorted, 0.5),
      latencyP95Ms: percentile(sorted, 0.95),
      healthMs: this.#healthMs,
      decisions: decisions.slice(-scalingHistoryLength),
    };
    for (const decision of decisions) this.#decisions.push(decision);
    this.#latencies = [];
    this.#queries = 0;
    this.#errors = 0;
    this.#cancels = 0;
    this.#sampledAtMs = nowMs;
    this.#history.push(sample);
    return sample;
  }

  history(): Omit<MetricsHistory, 'id'> {
    const connectsOk = this.connects.get('ok') ?? 0;
    const { ok, error, cancelled, timeout } = this.statements.user;
    return {
      samples: this.#history.toArray(),
      decisions: this.#decisions.toArray(),
      totals: {
        queries: ok + error + cancelled + timeout,
        errors: error + timeout,
        cancels: cancelled,
        connectsOk,
        connectsFailed: sum(this.connects) - connectsOk,
      },
    };
  }
}

function byPurpose<Value>(make: () => Value): Record<StatementPurpose, Value> {
  return { user: make(), catalogue: make(), health: make() };
}

const byOutcome = (): Record<StatementOutcome, number> => ({ ok: 0, error: 0, cancelled: 0, timeout: 0 });

const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((total, count) => total + count, 0);
