import type { MetricsSample } from '../../src/shared/model/metrics.ts';
import type { PoolStats } from '../../src/shared/model/poolStats.ts';

/** A pool of at most ten with one connection, which is in use, but for what the test says. */
export function somePoolStats(overrides: Partial<PoolStats> = {}): PoolStats {
  return {
    total: 1,
    inUse: 1,
    idle: 0,
    pinned: 0,
    connecting: 0,
    waiting: 0,
    min: 0,
    max: 10,
    target: 0,
    ceiling: 10,
    leaked: 0,
    reserved: 0,
    ...overrides,
  };
}

/** A second in which nothing happened, but for what the test says. @param at epoch milliseconds */
export function someSample(at: number, overrides: Partial<MetricsSample> = {}): MetricsSample {
  const pool = overrides.pool ?? somePoolStats();
  const { inUse, idle, pinned, waiting, ceiling } = pool;
  return {
    at,
    pool,
    connections: { inUse, idle, pinned, waiting, ceiling },
    most: { inUse, waiting },
    statementsPerSecond: { user: 0, catalogue: 0, health: 0 },
    errorsPerSecond: { user: 0, catalogue: 0, health: 0 },
    cancelsPerSecond: 0,
    latency: null,
    wait: null,
    healthMs: null,
    requests: null,
    decisions: [],
    ...overrides,
  };
}
