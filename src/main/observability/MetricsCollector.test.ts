import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { type MetricsSample, metricsHistoryLength } from '../../shared/model/metrics.ts';
import { MetricsCollector } from './MetricsCollector.ts';

const pool = {
  total: 2,
  inUse: 1,
  idle: 1,
  connecting: 0,
  waiting: 0,
  min: 0,
  max: 10,
  target: 0,
  ceiling: 10,
  leaked: 0,
};
const id = '6f8a5d0e-3a52-4f0e-9f43-1c2b8d7e9a10';

describe('MetricsCollector', () => {
  let clock: FakeClock;
  let collector: MetricsCollector;
  let samples: MetricsSample[];

  beforeEach(() => {
    clock = new FakeClock();
    collector = new MetricsCollector(clock);
    samples = [];
    collector.onSample.on(({ sample }) => samples.push(sample));
  });

  it('gives rates over the time that passed, also when the timer was late', async () => {
    collector.recordQuery(id, 5, 'ok');
    await clock.advance(1_000);
    collector.sample(id, pool);
    for (let count = 0; count < 10; count += 1)
      collector.recordQuery(id, 5, count === 0 ? 'QUERY_FAILED' : 'ok');
    await clock.advance(2_000);
    collector.sample(id, pool);
    expect(samples.at(-1)).toMatchObject({ queriesPerSecond: 5, errorsPerSecond: 0.5 });
  });

  it('tells no latency for a second without queries', async () => {
    collector.recordHealth(id, 3);
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
    for (let latencyMs = 100; latencyMs >= 1; latencyMs -= 1) collector.recordQuery(id, latencyMs, 'ok');
    collector.sample(id, pool);
    expect(samples.at(-1)).toMatchObject({ latencyP50Ms: 50, latencyP95Ms: 95 });
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
    collector.recordQuery(id, 5, 'ok');
    collector.recordConnect(id, 'AUTH_FAILED');
    expect(await collector.registry.metrics()).toContain(
      `mooring_connects_total{source="${id}",outcome="AUTH_FAILED"} 1`,
    );
    collector.forget(id);
    expect(await collector.registry.metrics()).not.toContain(id);
  });
});
