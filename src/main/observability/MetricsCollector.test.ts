import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { somePoolStats } from '../../../tests/support/someMetrics.ts';
import { metricsHistoryLength, scalingHistoryLength } from '../../shared/model/historyLengths.ts';
import type { MetricsSample } from '../../shared/model/metrics.ts';
import type { ScalingDecision } from '../../shared/model/poolStats.ts';
import { MetricsCollector } from './MetricsCollector.ts';

const pool = somePoolStats({ total: 2, idle: 1 });
const id = '6f8a5d0e-3a52-4f0e-9f43-1c2b8d7e9a10';

describe('MetricsCollector', () => {
  let clock: FakeClock;
  let collector: MetricsCollector;
  let samples: MetricsSample[];

  beforeEach(() => {
    clock = new FakeClock();
    collector = new MetricsCollector(clock);
    samples = [];
    collector.track(id);
    collector.onSample.on(({ sample }) => samples.push(sample));
  });

  it('gives rates over the time that passed, also when the timer was late', async () => {
    collector.track(id).statement(5, 'user', 'ok');
    await clock.advance(1_000);
    collector.sample(id, pool);
    for (let count = 0; count < 10; count += 1)
      collector.track(id).statement(5, 'user', count === 0 ? 'error' : 'ok');
    await clock.advance(2_000);
    collector.sample(id, pool);
    expect(samples.at(-1)).toMatchObject({ queriesPerSecond: 5, errorsPerSecond: 0.5 });
  });

  it('tells no latency for a second without queries', async () => {
    collector.track(id).health(3);
    await clock.advance(1_000);
    collector.sample(id, pool);
    expect(samples.at(-1)).toMatchObject({
      queriesPerSecond: 0,
      latencyP50Ms: null,
      latencyP95Ms: null,
      healthMs: 3,
      decisions: [],
    });
  });

  it('gives nearest-rank percentiles of the second', async () => {
    for (let latencyMs = 100; latencyMs >= 1; latencyMs -= 1)
      collector.track(id).statement(latencyMs, 'user', 'ok');
    collector.sample(id, pool);
    expect(samples.at(-1)).toMatchObject({ latencyP50Ms: 50, latencyP95Ms: 95 });
  });

  it('counts a cancel as a query of its own kind: no error, and nothing about how long the server takes', async () => {
    const measured = collector.track(id);
    measured.statement(10, 'user', 'ok');
    measured.statement(20, 'user', 'error');
    measured.statement(30, 'user', 'timeout');
    measured.statement(9_000, 'user', 'cancelled');
    await clock.advance(1_000);
    collector.sample(id, pool);
    expect(samples.at(-1)).toMatchObject({
      queriesPerSecond: 4,
      errorsPerSecond: 2,
      cancelsPerSecond: 1,
      latencyP95Ms: 30,
    });
    expect(collector.history(id).totals).toMatchObject({ queries: 4, errors: 2, cancels: 1 });
    const text = await collector.registry.metrics();
    expect(text).toContain(`mooring_queries_total{source="${id}",purpose="user",outcome="cancelled"} 1`);
    expect(text).toContain(`mooring_query_duration_seconds_count{source="${id}",purpose="user"} 3`);
  });

  it('shows people what they ran, and counts what Mooring runs by itself beside it', async () => {
    const measured = collector.track(id);
    measured.statement(5, 'user', 'ok');
    measured.statement(700, 'catalogue', 'error');
    measured.statement(1, 'health', 'ok');
    await clock.advance(1_000);
    collector.sample(id, pool);
    expect(samples.at(-1)).toMatchObject({ queriesPerSecond: 1, errorsPerSecond: 0, latencyP95Ms: 5 });
    expect(collector.history(id).totals).toMatchObject({ queries: 1, errors: 0 });
    const text = await collector.registry.metrics();
    expect(text).toContain(`mooring_queries_total{source="${id}",purpose="catalogue",outcome="error"} 1`);
    expect(text).toContain(`mooring_queries_total{source="${id}",purpose="health",outcome="ok"} 1`);
  });

  it('keeps the last five minutes and no more, oldest first', async () => {
    for (let second = 0; second < metricsHistoryLength + 5; second += 1) {
      await clock.advance(1_000);
      collector.sample(id, pool);
    }
    const { samples: kept } = collector.history(id);
    expect(kept).toHaveLength(metricsHistoryLength);
    expect(kept.map((sample) => sample.at)).toEqual(samples.slice(5).map((sample) => sample.at));
  });

  it('labels series with nothing but the opaque id and a code, and drops them with the data source', async () => {
    collector.track(id).statement(5, 'user', 'ok');
    collector.track(id).connect('AUTH_FAILED');
    expect(await collector.registry.metrics()).toContain(
      `mooring_connects_total{source="${id}",outcome="AUTH_FAILED"} 1`,
    );
    collector.forget(id);
    expect(await collector.registry.metrics()).not.toContain(id);
  });

  it('shows Prometheus what was counted, bucket by bucket', async () => {
    for (const [durationMs, outcome] of [
      [1, 'ok'],
      [7, 'ok'],
      [7.5, 'timeout'],
      [61_000, 'ok'],
    ] as const)
      collector.track(id).statement(durationMs, 'user', outcome);
    const text = await collector.registry.metrics();
    const lines = text.split('\n');
    expect(lines).toContain('# TYPE mooring_query_duration_seconds histogram');
    expect(lines).toContain(`mooring_queries_total{source="${id}",purpose="user",outcome="ok"} 3`);
    expect(lines).toContain(`mooring_queries_total{source="${id}",purpose="user",outcome="timeout"} 1`);
    expect(lines).toContain(
      `mooring_query_duration_seconds_bucket{le="0.001",source="${id}",purpose="user"} 1`,
    );
    expect(lines).toContain(
      `mooring_query_duration_seconds_bucket{le="0.005",source="${id}",purpose="user"} 1`,
    );
    expect(lines).toContain(
      `mooring_query_duration_seconds_bucket{le="0.01",source="${id}",purpose="user"} 3`,
    );
    expect(lines).toContain(`mooring_query_duration_seconds_bucket{le="60",source="${id}",purpose="user"} 3`);
    expect(lines).toContain(
      `mooring_query_duration_seconds_bucket{le="+Inf",source="${id}",purpose="user"} 4`,
    );
    expect(lines).toContain(`mooring_query_duration_seconds_sum{source="${id}",purpose="user"} 61.0155`);
    expect(lines).toContain(`mooring_query_duration_seconds_count{source="${id}",purpose="user"} 4`);
    // Reading twice counts nothing twice.
    expect(await collector.registry.metrics()).toBe(text);
  });

  it('keeps nothing for an id that it was only asked about', async () => {
    const unknown = 'a3c1f7a2-0f0e-4f1e-8a52-7b9d5a3f2c11';
    const nothing = { queries: 0, errors: 0, cancels: 0, connectsOk: 0, connectsFailed: 0 };
    expect(collector.history(unknown)).toEqual({ id: unknown, samples: [], decisions: [], totals: nothing });
    collector.sample(unknown, pool);
    expect(collector.history(unknown).samples).toEqual([]);
    expect(samples).toEqual([]);
  });

  it('does not bring a forgotten data source back when a late statement ends', async () => {
    const measured = collector.track(id);
    measured.statement(5, 'user', 'ok');
    collector.forget(id);
    measured.statement(5, 'user', 'ok');
    measured.connect('CONNECTION_LOST');
    expect(await collector.registry.metrics()).not.toContain(id);
    expect(collector.history(id).totals.queries).toBe(0);
  });

  it('passes the decisions of the pool on once, and keeps the last ones', () => {
    const decision = (to: number): ScalingDecision => ({
      at: to,
      reason: 'waiting',
      from: 2,
      to,
      waitP95Ms: 40,
      use: 1,
      arrivalsPerSecond: 9,
    });
    collector.sample(id, pool, [decision(3)]);
    collector.sample(id, pool, []);
    expect(samples.map(({ decisions }) => decisions.length)).toEqual([1, 0]);
    for (let to = 4; to < 30; to += 1) collector.sample(id, pool, [decision(to)]);
    const { decisions } = collector.history(id);
    expect(decisions).toHaveLength(scalingHistoryLength);
    expect(decisions.at(-1)?.to).toBe(29);
  });
});
