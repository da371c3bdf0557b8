import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { somePoolStats } from '../../../tests/support/someMetrics.ts';
import { metricsHistoryLength } from '../../shared/model/historyLengths.ts';
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
    expect(samples.at(-1)).toMatchObject({
      statementsPerSecond: { user: 5, catalogue: 0, health: 0 },
      errorsPerSecond: { user: 0.5, catalogue: 0, health: 0 },
    });
  });

  it('tells no latency for a second without queries', async () => {
    collector.track(id).health(3);
    await clock.advance(1_000);
    collector.sample(id, pool);
    expect(samples.at(-1)).toMatchObject({
      statementsPerSecond: { user: 0 },
      latency: null,
      wait: null,
      healthMs: 3,
      decisions: [],
    });
  });

  it('gives the percentiles of the second, of statements and of waits', async () => {
    for (let latencyMs = 100; latencyMs >= 1; latencyMs -= 1)
      collector.track(id).statement(latencyMs, 'user', 'ok');
    collector.track(id).waited(40, true);
    collector.track(id).waited(40, false);
    collector.sample(id, pool);
    const { p50, p95, p99 } = samples.at(-1)?.latency ?? {};
    expect([p50, p95, p99].map((durationMs) => Math.round((durationMs ?? 0) / 5))).toEqual([10, 19, 20]);
    expect(samples.at(-1)?.wait).toEqual({ p50: 40, p95: 40, p99: 40 });
    collector.sample(id, pool);
    expect(samples.at(-1)).toMatchObject({ latency: null, wait: null });
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
      statementsPerSecond: { user: 4 },
      errorsPerSecond: { user: 2 },
      cancelsPerSecond: 1,
      latency: { p99: 30 },
    });
    expect(collector.totals(id)).toMatchObject({ queries: 4, errors: 2, cancels: 1 });
  });

  it('counts what Mooring runs by itself beside what people ran, and takes no latency from it', async () => {
    const measured = collector.track(id);
    measured.statement(5, 'user', 'ok');
    measured.statement(700, 'catalogue', 'error');
    measured.statement(1, 'health', 'ok');
    await clock.advance(1_000);
    collector.sample(id, pool);
    expect(samples.at(-1)).toMatchObject({
      statementsPerSecond: { user: 1, catalogue: 1, health: 1 },
      errorsPerSecond: { user: 0, catalogue: 1, health: 0 },
      latency: { p50: 5, p99: 5 },
    });
    expect(collector.totals(id)).toMatchObject({ queries: 1, errors: 0 });
    expect(measured.statements).toMatchObject({ catalogue: { error: 1 }, health: { ok: 1 } });
  });

  it('keeps the last five minutes and no more, oldest first', async () => {
    for (let second = 0; second < metricsHistoryLength + 5; second += 1) {
      await clock.advance(1_000);
      collector.sample(id, pool);
    }
    const kept = collector.samples(id);
    expect(kept).toHaveLength(metricsHistoryLength);
    expect(kept.map((sample) => sample.at)).toEqual(samples.slice(5).map((sample) => sample.at));
  });

  it('keeps nothing for an id that it was only asked about', async () => {
    const unknown = 'a3c1f7a2-0f0e-4f1e-8a52-7b9d5a3f2c11';
    const nothing = { queries: 0, errors: 0, cancels: 0, connectsOk: 0, connectsFailed: 0 };
    expect(collector.totals(unknown)).toEqual(nothing);
    collector.sample(unknown, pool);
    expect(collector.samples(unknown)).toEqual([]);
    expect(samples).toEqual([]);
  });

  it('does not bring a forgotten data source back when a late statement ends', async () => {
    const measured = collector.track(id);
    measured.statement(5, 'user', 'ok');
    collector.forget(id);
    measured.statement(5, 'user', 'ok');
    measured.connect('CONNECTION_LOST');
    expect(collector.sources.size).toBe(0);
    expect(collector.totals(id).queries).toBe(0);
  });

  it('passes the decisions of the pool on once', () => {
    const decision: ScalingDecision = {
      ...{ at: 1, reason: 'waiting', from: 2, to: 3 },
      ...{ waitP95Ms: 40, use: 1, arrivalsPerSecond: 9 },
    };
    collector.sample(id, pool, [decision]);
    collector.sample(id, pool, []);
    expect(samples.map(({ decisions }) => decisions)).toEqual([[decision], []]);
  });

  it('measures no pause in which the data source was not in use', async () => {
    await clock.advance(3_600_000);
    collector.track(id).statement(5, 'user', 'ok');
    collector.sample(id, pool);
    expect(samples.at(-1)?.statementsPerSecond.user).toBe(0.2);
  });
});
