import { describe, expect, it } from 'vitest';
import { histogramOf, someFigures } from '../../../tests/support/someFigures.ts';
import { joined, pointOf, type RequestFigures } from './MeasuredInterval.ts';

describe('intervals', () => {
  it('give means weighted by time, the most of both, and rates over all of it', () => {
    const quiet = someFigures({
      measuredMs: 3_000,
      connectionMs: { inUse: 0, idle: 6_000, pinned: 0, waiting: 0, ceiling: 30_000 },
      statements: { user: 1, catalogue: 0, health: 2 },
    });
    const busy = someFigures({
      measuredMs: 1_000,
      connectionMs: { inUse: 8_000, idle: 0, pinned: 2_000, waiting: 4_000, ceiling: 6_000 },
      most: { inUse: 8, waiting: 4 },
      statements: { user: 399, catalogue: 4, health: 0 },
      errors: { user: 40, catalogue: 0, health: 0 },
      cancelCount: 2,
    });
    expect(pointOf(7, joined(quiet, busy))).toMatchObject({
      at: 7,
      connections: { inUse: 2, idle: 1.5, pinned: 0.5, waiting: 1, ceiling: 9 },
      most: { inUse: 8, waiting: 4 },
      statementsPerSecond: { user: 100, catalogue: 1, health: 0.5 },
      errorsPerSecond: { user: 10, catalogue: 0, health: 0 },
      cancelsPerSecond: 0.5,
    });
  });

  it('give the percentiles of all that ran, not a mean of percentiles', () => {
    const many = someFigures({ latency: histogramOf(...new Array(99).fill(10)) });
    const one = someFigures({ latency: histogramOf(5_000), wait: histogramOf(3) });
    const { latency, wait } = pointOf(0, joined(many, one));
    expect(latency?.p50).toBeCloseTo(10, 0);
    expect(latency?.p99).toBeCloseTo(10, 0);
    expect(wait).toEqual({ p50: 3, p95: 3, p99: 3 });
    const { latency: after } = pointOf(0, joined(joined(many, one), one));
    expect((after?.p99 ?? 0) / 5_000).toBeCloseTo(1, 1);
    // Neither of the two has changed.
    expect(pointOf(0, one).latency).toEqual({ p50: 5_000, p95: 5_000, p99: 5_000 });
  });

  it('add the requests of an API up, of which the fewest that were left count', () => {
    const statuses = { '2xx': 6, '3xx': 0, '4xx': 1, '5xx': 0, none: 1 };
    const first = { statuses, wait: histogramOf(40), remaining: null };
    const second = { statuses: { ...statuses, '2xx': 2 }, wait: histogramOf(), remaining: 12 };
    const figures = (requests: RequestFigures | null) => someFigures({ measuredMs: 2_000, requests });
    expect(pointOf(0, joined(figures(first), figures(second))).requests).toEqual({
      statusesPerSecond: { '2xx': 2, '3xx': 0, '4xx': 0.5, '5xx': 0, none: 0.5 },
      wait: { p50: 40, p95: 40, p99: 40 },
      remaining: 12,
    });
    const third = figures({ ...second, remaining: 3 });
    expect(joined(third, figures(second)).requests?.remaining).toBe(3);
    expect(joined(figures(null), third).requests).toEqual(third.requests);
    expect(pointOf(0, joined(figures(null), figures(null))).requests).toBeNull();
  });

  it('have no health check in them only when none of both has', () => {
    const silent = someFigures({ measuredMs: 5_000 });
    const answered = someFigures({ health: { weightedMs: 7_000, measuredMs: 1_000 } });
    expect(pointOf(0, joined(silent, silent)).healthMs).toBeNull();
    expect(pointOf(0, joined(silent, answered)).healthMs).toBe(7);
  });
});
