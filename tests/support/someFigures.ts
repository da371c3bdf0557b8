import type { IntervalFigures } from '../../src/main/observability/MeasuredInterval.ts';
import { PercentileHistogram } from '../../src/main/observability/PercentileHistogram.ts';

export function histogramOf(...durationsMs: readonly number[]): PercentileHistogram {
  const histogram = new PercentileHistogram();
  for (const durationMs of durationsMs) histogram.add(durationMs);
  return histogram;
}

/** A second with one connection, which is idle, but for what the test says. */
export function someFigures(overrides: Partial<IntervalFigures> = {}): IntervalFigures {
  return {
    measuredMs: 1_000,
    connectionMs: { inUse: 0, idle: 1_000, pinned: 0, waiting: 0, ceiling: 10_000 },
    most: { inUse: 0, waiting: 0 },
    statements: { user: 0, catalogue: 0, health: 0 },
    errors: { user: 0, catalogue: 0, health: 0 },
    cancelCount: 0,
    health: { weightedMs: 0, measuredMs: 0 },
    latency: new PercentileHistogram(),
    wait: new PercentileHistogram(),
    requests: null,
    ...overrides,
  };
}
