import { describe, expect, it } from 'vitest';
import { someSample } from '../../../../tests/support/someMetrics.ts';
import { scalingHistoryLength } from '../../../shared/model/historyLengths.ts';
import type { MetricsPoint, MetricsSample } from '../../../shared/model/metrics.ts';
import type { MetricsRange } from '../../../shared/model/metricsRange.ts';
import type { ScalingDecision } from '../../../shared/model/poolStats.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { createMetricsStore } from './createMetricsStore.ts';

const grew = (at: number, to = 2): ScalingDecision => ({
  at,
  reason: 'waiting',
  from: 1,
  to,
  waitP95Ms: 40,
  use: 1,
  arrivalsPerSecond: 10,
});

/** As main keeps it: without what only a sample has. */
function pointAt(at: number): MetricsPoint {
  const { pool: _pool, decisions: _decisions, ...point } = someSample(at);
  return point;
}

const sample = (at: number, ...decisions: ScalingDecision[]): MetricsSample => someSample(at, { decisions });

const setUp = () => {
  const listeners = new Set<(event: { id: string; sample: MetricsSample }) => void>();
  const stateListeners = new Set<(event: { id: string; state: SourceState }) => void>();
  let answerHistory: (
    samples: number[],
    decisions: ScalingDecision[],
    states: MetricsRange['states'],
  ) => void = () => {};
  let nowMs = 0;
  const store = createMetricsStore({
    range: ({ from, to }) =>
      new Promise<MetricsRange>((resolve) => {
        answerHistory = (times, decisions, states) =>
          resolve({ from, to, stepMs: 1_000, points: times.map((at) => pointAt(at)), decisions, states });
      }),
    onSample: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onState: (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    now: () => nowMs,
  });
  const become = (id: string, at: number, status: 'idle' | 'closing'): void => {
    nowMs = at;
    for (const listener of stateListeners) listener({ id, state: { status } });
  };
  const tell = (id: string, at: number, ...decisions: ScalingDecision[]): void => {
    for (const listener of listeners) listener({ id, sample: sample(at, ...decisions) });
  };
  const decidedAt = (): number[] | undefined => store.getState().byId.a?.decisions.map(({ at }) => at);
  const times = (): number[] | undefined =>
    store
      .getState()
      .byId.a?.ring.since(0)
      .map(({ at }) => at);
  const answer = (
    samples: number[],
    decisions: ScalingDecision[] = [],
    states: MetricsRange['states'] = [],
  ) => answerHistory(samples, decisions, states);
  const states = () => store.getState().byId.a?.states;
  return { store, listeners, stateListeners, tell, become, times, decidedAt, states, answer };
};

describe('createMetricsStore', () => {
  it('puts the history before the samples that came while it was under way', async () => {
    const { store, tell, times, answer } = setUp();
    store.getState().watch('a');
    tell('a', 40);
    answer([10, 20, 30, 40]);
    await expect.poll(times).toEqual([10, 20, 30, 40]);
    tell('a', 50);
    expect(times()).toEqual([10, 20, 30, 40, 50]);
  });

  it('shows no decision twice, however history and events overlap', async () => {
    const { store, tell, decidedAt, answer } = setUp();
    store.getState().watch('a');
    tell('a', 30, grew(25));
    tell('a', 40, grew(35), grew(35, 3));
    answer([30, 40], [grew(5), grew(25), grew(35)]);
    await expect.poll(decidedAt).toEqual([5, 25, 35, 35]);
    tell('a', 50, grew(45));
    expect(decidedAt()).toEqual([5, 25, 35, 35, 45]);
  });

  it('knows the state from before and each change since, but not the same one twice', async () => {
    const { store, become, states, answer } = setUp();
    store.getState().watch('a');
    become('a', 30, 'closing');
    become('b', 35, 'idle');
    answer([10], [], [{ at: 5, status: 'ready' }]);
    await expect.poll(states).toHaveLength(2);
    become('a', 40, 'idle');
    become('a', 50, 'idle');
    expect(states()).toEqual([
      { at: 5, status: 'ready' },
      { at: 30, status: 'closing' },
      { at: 40, status: 'idle' },
    ]);
  });

  it('keeps the last decisions and forgets older ones', () => {
    const { store, tell, decidedAt } = setUp();
    store.getState().watch('a');
    for (let at = 1; at <= scalingHistoryLength + 3; at += 1) tell('a', at, grew(at));
    expect(decidedAt()).toHaveLength(scalingHistoryLength);
    expect(decidedAt()?.[0]).toBe(4);
  });

  it('tells React of each sample with a new object', () => {
    const { store, tell } = setUp();
    store.getState().watch('a');
    const before = store.getState().byId.a;
    tell('a', 10);
    expect(store.getState().byId.a).not.toBe(before);
    expect(store.getState().byId.a?.newest?.at).toBe(10);
  });

  it('takes no samples of other data sources', () => {
    const { store, tell, times } = setUp();
    store.getState().watch('a');
    tell('b', 10);
    expect(times()).toEqual([]);
    expect(store.getState().byId.b).toBeUndefined();
  });

  it('forgets and listens no more when nobody watches', async () => {
    const { store, listeners, stateListeners, answer } = setUp();
    const stop = store.getState().watch('a');
    stop();
    answer([10]);
    await Promise.resolve();
    expect(listeners.size + stateListeners.size).toBe(0);
    expect(store.getState().byId).toEqual({});
  });

  it('is watched until the last part of the window has stopped', () => {
    const { store, listeners, tell, times } = setUp();
    const stops = [store.getState().watch('a'), store.getState().watch('a')];
    tell('a', 10);
    stops[0]?.();
    tell('a', 20);
    expect(times()).toEqual([10, 20]);
    stops[1]?.();
    expect(store.getState().byId).toEqual({});
    expect(listeners.size).toBe(0);
  });
});
