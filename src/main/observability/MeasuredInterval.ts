import type { MetricsPoint, Percentiles } from '../../shared/model/metrics.ts';
import type { StatementPurpose } from '../base/statementKinds.ts';
import type { PercentileHistogram } from './PercentileHistogram.ts';

/** Classes of HTTP statuses; `none`: the request was never answered. */
export const statusClasses = ['2xx', '3xx', '4xx', '5xx', 'none'] as const;
export type StatusClass = (typeof statusClasses)[number];

export type CountByPurpose = Record<StatementPurpose, number>;
export type CountByStatus = Record<StatusClass, number>;
type Connections = MetricsPoint['connections'];

/** What only requests to an API have. */
export interface RequestFigures {
  readonly statuses: CountByStatus;
  /** How long requests waited for a rate limit, or before they were sent again. */
  readonly wait: PercentileHistogram;
  /** The fewest requests that the API still allowed; null when it did not say. */
  readonly remaining: number | null;
}

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
  /** Null when no request was ever sent. */
  readonly requests: RequestFigures | null;
}

/** A number for each purpose, in this order. */
export const ofPurposes = (read: (purpose: StatementPurpose) => number): CountByPurpose => ({
  user: read('user'),
  catalogue: read('catalogue'),
  health: read('health'),
});

/** A number for each class of status, in this order. */
export const ofStatuses = (read: (status: StatusClass) => number): CountByStatus => ({
  '2xx': read('2xx'),
  '3xx': read('3xx'),
  '4xx': read('4xx'),
  '5xx': read('5xx'),
  none: read('none'),
});

/** A number for each state that connections are counted in, in this order. */
export const ofConnections = (read: (key: keyof Connections) => number): Connections => ({
  inUse: read('inUse'),
  idle: read('idle'),
  pinned: read('pinned'),
  waiting: read('waiting'),
  ceiling: read('ceiling'),
});

/** The figures of two intervals as one. */
export function joined(one: IntervalFigures, other: IntervalFigures): IntervalFigures {
  return {
    measuredMs: one.measuredMs + other.measuredMs,
    connectionMs: ofConnections((key) => one.connectionMs[key] + other.connectionMs[key]),
    most: {
      inUse: Math.max(one.most.inUse, other.most.inUse),
      waiting: Math.max(one.most.waiting, other.most.waiting),
    },
    statements: ofPurposes((key) => one.statements[key] + other.statements[key]),
    errors: ofPurposes((key) => one.errors[key] + other.errors[key]),
    cancelCount: one.cancelCount + other.cancelCount,
    health: {
      weightedMs: one.health.weightedMs + other.health.weightedMs,
      measuredMs: one.health.measuredMs + other.health.measuredMs,
    },
    latency: one.latency.with(other.latency),
    wait: one.wait.with(other.wait),
    requests: joinedRequests(one.requests, other.requests),
  };
}

function joinedRequests(one: RequestFigures | null, other: RequestFigures | null): RequestFigures | null {
  if (one === null || other === null) return one ?? other;
  return {
    statuses: ofStatuses((key) => one.statuses[key] + other.statuses[key]),
    wait: one.wait.with(other.wait),
    remaining: least(one.remaining, other.remaining),
  };
}

/** The smaller of two numbers, as far as they are known. */
export const least = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);

/** The interval as people see it. @param at epoch milliseconds of its end */
export function pointOf(at: number, figures: IntervalFigures): MetricsPoint {
  const { measuredMs, health, requests } = figures;
  const perSecond = (count: number): number => (count * 1_000) / measuredMs;
  return {
    at,
    connections: ofConnections((key) => figures.connectionMs[key] / measuredMs),
    most: figures.most,
    statementsPerSecond: ofPurposes((key) => perSecond(figures.statements[key])),
    errorsPerSecond: ofPurposes((key) => perSecond(figures.errors[key])),
    cancelsPerSecond: perSecond(figures.cancelCount),
    latency: percentilesOf(figures.latency),
    wait: percentilesOf(figures.wait),
    healthMs: health.measuredMs === 0 ? null : health.weightedMs / health.measuredMs,
    requests: requests && {
      statusesPerSecond: ofStatuses((key) => perSecond(requests.statuses[key])),
      wait: percentilesOf(requests.wait),
      remaining: requests.remaining,
    },
  };
}

function percentilesOf(histogram: PercentileHistogram): Percentiles | null {
  const [p50, p95, p99] = histogram.percentiles([0.5, 0.95, 0.99]);
  return p50 === null || p95 === null || p99 === null ? null : { p50, p95, p99 };
}
