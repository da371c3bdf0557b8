import type {
  ListedStatement,
  StatementDetail,
  StatementRun,
} from '../../../shared/model/statementStatistics.ts';
import { noDurations, PercentileHistogram } from '../PercentileHistogram.ts';
import { HourlyTrend } from './HourlyTrend.ts';
import type { KeptCounts, KeptFigures, KeptStatement } from './StatisticsRepository.ts';

const slowestCount = 3;
/** Different codes that are told apart; what else fails is `other`. */
const errorCodeCount = 20;

/** A run that has ended. */
export interface EndedRun extends StatementRun {
  readonly errorCode: string | null;
  readonly isSlow: boolean;
}

/** Before the first run. */
const nothing: KeptFigures = {
  counts: {
    calls: 0,
    timedCalls: 0,
    totalMs: 0,
    rows: 0,
    errors: 0,
    cancels: 0,
    slow: 0,
    firstAt: 0,
    lastAt: 0,
  },
  buckets: [],
  range: noDurations,
  hours: [],
  slowest: [],
  codes: [],
};

/** The runs of all statements with one normal form. */
export class StatementStatistics {
  readonly fingerprint: string;
  readonly normalForm: string;
  readonly #counts: KeptCounts;
  readonly #durations: PercentileHistogram;
  readonly #trend: HourlyTrend;
  #slowest: StatementRun[];
  readonly #codes: Map<string, number>;

  constructor(fingerprint: string, normalForm: string, kept: KeptFigures = nothing) {
    this.fingerprint = fingerprint;
    this.normalForm = normalForm;
    this.#counts = { ...kept.counts };
    this.#durations = new PercentileHistogram(kept.buckets, kept.range);
    this.#trend = new HourlyTrend(kept.hours);
    this.#slowest = [...kept.slowest];
    this.#codes = new Map(kept.codes);
  }

  get totalMs(): number {
    return this.#counts.totalMs;
  }

  /** On the way of every statement: cheap. */
  add(run: EndedRun): void {
    const counts = this.#counts;
    const { at, durationMs, errorCode, outcome } = run;
    if (counts.calls === 0) counts.firstAt = at - durationMs;
    counts.calls += 1;
    counts.rows += run.rows;
    counts.lastAt = at;
    if (run.isSlow) counts.slow += 1;
    if (errorCode !== null) this.#countCode(errorCode);
    if (outcome === 'cancelled') counts.cancels += 1;
    else this.#addTime(run);
    const least = this.#slowest[slowestCount - 1];
    if (least === undefined || durationMs > least.durationMs) this.#keepRun(run);
  }

  /** @param text what stands for the normal form in a list */
  listed(text: string, wallMs: number): ListedStatement {
    const { timedCalls, ...counts } = this.#counts;
    const [p50Ms, p95Ms, p99Ms] = this.#durations.percentiles([0.5, 0.95, 0.99] as const);
    const meanMs = timedCalls === 0 ? null : counts.totalMs / timedCalls;
    const trend = this.#trend.totals(wallMs);
    return { fingerprint: this.fingerprint, text, ...counts, meanMs, p50Ms, p95Ms, p99Ms, trend };
  }

  detail(): StatementDetail {
    const { fingerprint, normalForm } = this;
    const errors = [...this.#codes].map(([code, count]) => ({ code, count }));
    return {
      fingerprint,
      normalForm,
      slowest: [...this.#slowest],
      errors: errors.sort((left, right) => right.count - left.count),
    };
  }

  kept(): KeptStatement {
    const { fingerprint, normalForm } = this;
    const figures: KeptFigures = {
      counts: { ...this.#counts },
      buckets: this.#durations.counts(),
      range: this.#durations.range,
      hours: this.#trend.hours(),
      slowest: this.#slowest,
      codes: [...this.#codes],
    };
    return { fingerprint, normalForm, figures };
  }

  #addTime({ at, durationMs, outcome }: EndedRun): void {
    const counts = this.#counts;
    if (outcome !== 'ok') counts.errors += 1;
    counts.timedCalls += 1;
    counts.totalMs += durationMs;
    this.#durations.add(durationMs);
    this.#trend.add(at, durationMs);
  }

  #countCode(code: string): void {
    const known = this.#codes.has(code) || this.#codes.size < errorCodeCount ? code : 'other';
    this.#codes.set(known, (this.#codes.get(known) ?? 0) + 1);
  }

  #keepRun({ at, durationMs, rows, outcome }: StatementRun): void {
    this.#slowest = [...this.#slowest, { at, durationMs, rows, outcome }]
      .sort((left, right) => right.durationMs - left.durationMs)
      .slice(0, slowestCount);
  }
}
