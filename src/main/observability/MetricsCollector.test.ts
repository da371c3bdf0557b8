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
    expect(measured.statements).toMatchObject({ catalogue: { error: 1 }, health: { ok: 1 } });
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
    expect(collector.sources.size).toBe(0);
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
