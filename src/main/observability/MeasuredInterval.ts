import type { MetricsPoint, Percentiles } from '../../shared/model/metrics.ts';
import type { StatementPurpose } from '../base/statementKinds.ts';
import { PercentileHistogram } from './PercentileHistogram.ts';

export type CountByPurpose = Readonly<Record<StatementPurpose, number>>;
export type Connections = MetricsPoint['connections'];

/** What was measured in an interval, as sums: those of several intervals add up to those of a longer one. */
export interface IntervalFigures {
  /** How long was measured; at least 1. */
  readonly measuredMs: number;
  /** Each number of connections times the milliseconds for which it was so. */
  readonly connectionMs: Connections;
  readonly most: MetricsPoint['most'];
  readonly statements: CountByPurpose;
  /** Failed and timed out. */
  readonly errors: CountByPurpose;
  /** Of statements of people. */
  readonly cancelCount: number;
  /** The round trip times the milliseconds for which it was the last, and those milliseconds; 0 when there was none. */
  readonly health: { readonly weightedMs: number; readonly measuredMs: number };
  readonly latency: PercentileHistogram;
  readonly wait: PercentileHistogram;
}

/** The figures of two intervals as one. */
export function joined(one: IntervalFigures, other: IntervalFigures): IntervalFigures {
  return {
    measuredMs: one.measuredMs + other.measuredMs,
    connectionMs: combined(one.connectionMs, other.connectionMs, sum),
    most: combined(one.most, other.most, Math.max),
    statements: combined(one.statements, other.statements, sum),
    errors: combined(one.errors, other.errors, sum),
    cancelCount: one.cancelCount + other.cancelCount,
    health: combined(one.health, other.health, sum),
    latency: PercentileHistogram.merged(one.latency, other.latency),
    wait: PercentileHistogram.merged(one.wait, other.wait),
  };
}

/** The interval as people see it. @param at epoch milliseconds of its end */
export function pointOf(at: number, figures: IntervalFigures): MetricsPoint {
  const { measuredMs, health } = figures;
  const perSecond = (count: number): number => (count * 1_000) / measuredMs;
  return {
    at,
    connections: mapped(figures.connectionMs, (weighted) => weighted / measuredMs),
    most: figures.most,
    statementsPerSecond: mapped(figures.statements, perSecond),
    errorsPerSecond: mapped(figures.errors, perSecond),
    cancelsPerSecond: perSecond(figures.cancelCount),
    latency: percentilesOf(figures.latency),
    wait: percentilesOf(figures.wait),
    healthMs: health.measuredMs === 0 ? null : health.weightedMs / health.measuredMs,
  };
}

function percentilesOf(histogram: PercentileHistogram): Percentiles | null {
  const [p50, p95, p99] = histogram.percentiles([0.5, 0.95, 0.99]);
  return p50 === null || p95 === null || p99 === null ? null : { p50, p95, p99 };
}

const sum = (one: number, other: number): number => one + other;

/** Each number of a record, changed. */
export function mapped<Key extends string>(
  record: Readonly<Record<Key, number>>,
  change: (value: number, key: Key) => number,
): Record<Key, number> {
  const keys = Object.keys(record) as Key[];
  return Object.fromEntries(keys.map((key) => [key, change(record[key], key)])) as Record<Key, number>;
}

const combined = <Key extends string>(
  one: Readonly<Record<Key, number>>,
  other: Readonly<Record<Key, number>>,
  combine: (one: number, other: number) => number,
): Record<Key, number> => mapped(one, (value, key) => combine(value, other[key]));
