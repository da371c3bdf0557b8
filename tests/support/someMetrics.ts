import type { MetricsSample } from '../../src/shared/model/metrics.ts';
import type { PoolStats } from '../../src/shared/model/poolStats.ts';

/** A pool of at most ten with one connection, which is in use, but for what the test says. */
export function somePoolStats(overrides: Partial<PoolStats> = {}): PoolStats {
  return {
    total: 1,
    inUse: 1,
    idle: 0,
    connecting: 0,
    waiting: 0,
    min: 0,
    max: 10,
    target: 0,
    ceiling: 10,
    leaked: 0,
    ...overrides,
  };
}

/** A second in which nothing happened, but for what the test says. @param at epoch milliseconds */
export function someSample(at: number, overrides: Partial<MetricsSample> = {}): MetricsSample {
  return {
    at,
    pool: somePoolStats(),
    queriesPerSecond: 0,
    errorsPerSecond: 0,
    cancelsPerSecond: 0,
    latencyP50Ms: null,
    latencyP95Ms: null,
    healthMs: null,
    decisions: [],
    ...overrides,
  };
}
