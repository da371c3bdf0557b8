import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { someDataSource } from '../../../tests/support/dataSources.ts';
import { TestSigner } from '../../../tests/support/TestSigner.ts';
import { openTestStore } from '../../../tests/support/testStore.ts';
import { maxRangeEvents } from '../../shared/model/historyLengths.ts';
import type { ScalingDecision } from '../../shared/model/poolStats.ts';
import type { KeptEvents, KeptInterval } from '../observability/history/MetricsRepository.ts';
import { silentLogger } from '../observability/Logger.ts';
import { SqliteDataSourceRepository } from './SqliteDataSourceRepository.ts';
import { SqliteMetricsRepository } from './SqliteMetricsRepository.ts';

const grewAt = (at: number): ScalingDecision => ({
  ...{ at, reason: 'waiting', from: 2, to: 3 },
  ...{ waitP95Ms: 40.5, use: 0.5, arrivalsPerSecond: 9 },
});

describe('SqliteMetricsRepository', () => {
  function setUp() {
    const database = openTestStore();
    const dataSources = new SqliteDataSourceRepository({
      ...{ database, signer: new TestSigner(), logger: silentLogger },
    });
    const source = someDataSource();
    dataSources.put(source, {});
    const { id } = source;
    const metrics = new SqliteMetricsRepository(database);
    const interval = (startAt: number, figure = 1, stepMs = 10): KeptInterval => ({
      ...{ id, stepMs, startAt, figures: Uint8Array.of(1, figure) },
    });
    const write = (intervals: readonly KeptInterval[], spans = [{ stepMs: 10, from: 0, to: 1e15 }]) =>
      metrics.write({ intervals, spans, events: [] });
    const addEvents = (events: Partial<KeptEvents>) =>
      metrics.write({ intervals: [], events: [{ id, states: [], decisions: [], ...events }], spans: [] });
    const selectStarts = database.prepare('SELECT start_at FROM metrics_intervals WHERE step_ms = ?');
    const starts = (stepMs = 10) =>
      selectStarts.all(stepMs).map((row) => (row as { start_at: number }).start_at);
    return { database, dataSources, id, metrics, interval, write, addEvents, starts };
  }

  it('gives back the intervals of a time, a data source and a length, in order, and replaces them', () => {
    const { dataSources, id, metrics, interval, write } = setUp();
    const other = someDataSource({ name: 'Other' });
    dataSources.put(other, {});
    write([interval(30), interval(10), interval(20), interval(20, 1, 60), { ...interval(20), id: other.id }]);
    write([interval(20, 7)]);
    const found = metrics.intervals(id, 10, 10, 20);
    expect(found.map(({ startAt, figures }) => [startAt, [...figures]])).toEqual([
      [10, [1, 1]],
      [20, [1, 7]],
    ]);
    expect([...(metrics.find(id, 10, 20) ?? [])]).toEqual([1, 7]);
    expect(metrics.find(id, 10, 25)).toBeNull();
    expect([10, 60, 90].map((stepMs) => metrics.newestStart(stepMs))).toEqual([30, 20, null]);
  });

  it('forgets what is outside of the time that is kept, some at once', () => {
    const { interval, write, starts } = setUp();
    write(Array.from({ length: 1_500 }, (_, index) => interval(index)));
    const spans = [{ stepMs: 10, from: 1_400, to: 1_450 }];
    write([interval(3, 1, 60)], spans);
    expect(starts()).toHaveLength(1_500 - 1_000 - 49);
    write([], spans);
    expect(starts()).toEqual(Array.from({ length: 51 }, (_, index) => 1_400 + index));
    expect(starts(60)).toEqual([3]);
  });

  it('gives back the events of a time, and the state in which it begins', () => {
    const { id, metrics, addEvents } = setUp();
    const states = [
      { at: 10, status: 'connecting' },
      { at: 20, status: 'ready' },
      { at: 20, status: 'degraded' },
      { at: 40, status: 'idle' },
    ] as const;
    addEvents({ states, decisions: [grewAt(15), grewAt(25)] });
    expect(metrics.events(id, 30, 39)).toEqual({ id, states: [states[2]], decisions: [] });
    expect(metrics.events(id, 15, 40)).toEqual({ id, states, decisions: [grewAt(15), grewAt(25)] });
    expect(metrics.events(randomUUID(), 0, 100)).toMatchObject({ states: [], decisions: [] });
  });

  it('keeps the newest events of each kind', () => {
    const { id, metrics, addEvents } = setUp();
    const decisions = Array.from({ length: maxRangeEvents + 5 }, (_, at) => grewAt(at));
    addEvents({ states: [{ at: 0, status: 'ready' }], decisions });
    const kept = metrics.events(id, 0, 1e15);
    expect(kept.decisions).toEqual(decisions.slice(5));
    expect(kept.states).toHaveLength(1);
  });

  it('leaves out events that cannot be read', () => {
    const { database, id, metrics, addEvents } = setUp();
    addEvents({ states: [{ at: 1, status: 'ready' }], decisions: [grewAt(1), grewAt(2)] });
    const spoil = database.prepare('UPDATE metrics_events SET event = ? WHERE kind = ? AND at = 1');
    spoil.run('{', 'decision');
    spoil.run('{"at":1,"status":"flying"}', 'state');
    expect(metrics.events(id, 0, 9)).toEqual({ id, states: [], decisions: [grewAt(2)] });
  });

  it('goes with its data source, and keeps nothing of one that is gone', () => {
    const { database, dataSources, id, interval, metrics, write, addEvents } = setUp();
    const gone = randomUUID();
    write([interval(10), { ...interval(10), id: gone }]);
    addEvents({ decisions: [grewAt(1)] });
    addEvents({ id: gone, decisions: [grewAt(1)] });
    const counts = () =>
      ['metrics_intervals', 'metrics_events'].map((table) =>
        database.prepare(`SELECT count(*) AS count FROM ${table}`).get(),
      );
    expect(counts()).toEqual([{ count: 1 }, { count: 1 }]);
    dataSources.markRemoved(id, 1);
    // It can still be restored.
    expect(metrics.intervals(id, 10, 0, 100)).toHaveLength(1);
    dataSources.purgeRemoved();
    expect(counts()).toEqual([{ count: 0 }, { count: 0 }]);
  });
});
