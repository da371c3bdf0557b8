import { metricsHistoryLength, scalingHistoryLength } from '../../shared/model/historyLengths.ts';
import type { MetricsSample } from '../../shared/model/metrics.ts';
import type { PoolStats, ScalingDecision } from '../../shared/model/poolStats.ts';
import type { StatementOutcome, StatementPurpose, StatementRecorder } from '../base/statementKinds.ts';
import { DurationHistogram } from './DurationHistogram.ts';
import {
  type CountByPurpose,
  type IntervalFigures,
  ofConnections,
  ofPurposes,
  pointOf,
} from './MeasuredInterval.ts';
import { PercentileHistogram } from './PercentileHistogram.ts';
import { RequestMetrics } from './RequestMetrics.ts';
import { RingBuffer } from './RingBuffer.ts';

/** In a longer pause nothing was measured: the data source was not in use, or the computer slept. */
const longestIntervalMs = 5_000;

interface Counted {
  readonly statements: CountByPurpose;
  readonly errors: CountByPurpose;
  readonly cancelCount: number;
}

/** What has happened since Mooring was started. */
export interface SourceTotals {
  /** Statements that people ran, with those that failed and those that were cancelled. */
  readonly queries: number;
  readonly errors: number;
  readonly cancels: number;
  readonly connectsOk: number;
  readonly connectsFailed: number;
}

/**
 * What happened on one data source: the running second, the last five minutes and totals. Whoever measures holds it
 * directly; what is recorded after the data source was forgotten is ignored.
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
  /** Of the requests to an API. */
  readonly requests = new RequestMetrics();
  readonly #samples = new RingBuffer<MetricsSample>(metricsHistoryLength);
  /** Of the running second: statements that people ran, and waits. */
  #latency = new PercentileHistogram();
  #wait = new PercentileHistogram();
  /** What was counted when the running second began. */
  #before: Counted = this.#counted();
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

  get totals(): SourceTotals {
    const { statements, errors, cancelCount } = this.#counted();
    const connectsOk = this.connects.get('ok') ?? 0;
    const connectCount = [...this.connects.values()].reduce((total, count) => total + count, 0);
    return {
      queries: statements.user,
      errors: errors.user,
      cancels: cancelCount,
      connectsOk,
      connectsFailed: connectCount - connectsOk,
    };
  }

  /** The samples of the last five minutes, oldest first. */
  samples(): MetricsSample[] {
    return this.#samples.toArray();
  }

  statement(durationMs: number, purpose: StatementPurpose, outcome: StatementOutcome): void {
    this.statements[purpose][outcome] += 1;
    // When somebody lost patience says nothing about how long the server takes.
    if (outcome === 'cancelled') return;
    this.durations[purpose].add(durationMs);
    if (purpose === 'user') this.#latency.add(durationMs);
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
    this.#wait.add(waitMs);
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
  ): { sample: MetricsSample; figures: IntervalFigures } {
    const elapsedMs = Math.min(longestIntervalMs, nowMs - this.#sampledAtMs);
    const requests = this.requests.take(nowMs);
    const figures = { ...this.#figures(Math.max(1, Math.round(elapsedMs)), pool), requests };
    const sample: MetricsSample = {
      ...pointOf(wallMs, figures),
      pool,
      decisions: decisions.slice(-scalingHistoryLength),
    };
    this.#latency = new PercentileHistogram();
    this.#wait = new PercentileHistogram();
    this.#before = this.#counted();
    this.#sampledAtMs = nowMs;
    this.#samples.push(sample);
    return { sample, figures };
  }

  #figures(measuredMs: number, pool: PoolStats): Omit<IntervalFigures, 'requests'> {
    const before = this.#before;
    const counted = this.#counted();
    const healthMs = this.#healthMs;
    return {
      measuredMs,
      connectionMs: ofConnections((key) => pool[key] * measuredMs),
      most: { inUse: pool.inUse, waiting: pool.waiting },
      statements: ofPurposes((purpose) => counted.statements[purpose] - before.statements[purpose]),
      errors: ofPurposes((purpose) => counted.errors[purpose] - before.errors[purpose]),
      cancelCount: counted.cancelCount - before.cancelCount,
      health:
        healthMs === null
          ? { weightedMs: 0, measuredMs: 0 }
          : { weightedMs: healthMs * measuredMs, measuredMs },
      latency: this.#latency,
      wait: this.#wait,
    };
  }

  #counted(): Counted {
    return {
      statements: ofPurposes((purpose) => allOf(this.statements[purpose])),
      errors: ofPurposes((purpose) => failed(this.statements[purpose])),
      cancelCount: this.statements.user.cancelled,
    };
  }
}

function byPurpose<Value>(make: () => Value): Record<StatementPurpose, Value> {
  return { user: make(), catalogue: make(), health: make() };
}

type CountByOutcome = Record<StatementOutcome, number>;

const byOutcome = (): CountByOutcome => ({ ok: 0, error: 0, cancelled: 0, timeout: 0 });

const failed = ({ error, timeout }: CountByOutcome): number => error + timeout;

const allOf = ({ ok, error, cancelled, timeout }: CountByOutcome): number => ok + error + cancelled + timeout;
