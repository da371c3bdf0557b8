import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { someSample } from '../../../../tests/support/someMetrics.ts';
import type { MetricsRange } from '../../../shared/model/metricsRange.ts';
import type { Span } from '../../components/charts/chartData.ts';
import { spanOf } from '../../components/charts/shownTime.ts';
import { MetricsView } from './MetricsView.ts';
import { rangeLengths } from './metricsRanges.ts';

const startMs = 10_000_000_000;

const pictureOf = ({ from, to }: Span, stepMs: number, lateMs = 0): MetricsRange => ({
  from,
  to,
  stepMs,
  points: [someSample(to + lateMs)],
  states: [],
  decisions: [],
});

function setUp() {
  const listeners = new Set<() => void>();
  const asked: Span[] = [];
  const answers: ((fail: Error | null, lateMs: number) => void)[] = [];
  const source = {
    load: (span: Span, signal: AbortSignal) => {
      asked.push(span);
      return new Promise<MetricsRange>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('cancelled')));
        answers.push((fail, lateMs) =>
          fail === null ? resolve(pictureOf(span, 120_000, lateMs)) : reject(fail),
        );
      });
    },
    live: () => pictureOf({ from: Date.now() - rangeLengths.live, to: Date.now() }, 1_000),
    onLive: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    now: () => Date.now(),
  };
  const view = new MetricsView(source);
  const tick = (seconds = 1): void => {
    for (let second = 0; second < seconds; second += 1) {
      vi.advanceTimersByTime(1_000);
      for (const listener of listeners) listener();
    }
  };
  const answer = async (fail: Error | null = null, lateMs = 0): Promise<void> => {
    answers.at(-1)?.(fail, lateMs);
    await vi.advanceTimersByTimeAsync(0);
  };
  const shown = (): Span => {
    const { from, to } = spanOf(view.store.getState());
    return { from, to };
  };
  return { view, asked, answer, tick, shown };
}

beforeEach(() => vi.useFakeTimers({ now: startMs }));
afterEach(() => vi.useRealTimers());

describe('what the charts show', () => {
  it('moves with each second, while somebody looks', () => {
    const { view, tick, shown } = setUp();
    const stop = view.follow();
    tick(3);
    expect(shown()).toEqual({ from: startMs + 3_000 - rangeLengths.live, to: startMs + 3_000 });
    stop();
    tick(3);
    expect(shown().to).toBe(startMs + 3_000);
  });

  it('stays while a longer range is under way, and is asked for again at its step', async () => {
    const { view, asked, answer, tick, shown } = setUp();
    const stop = view.follow();
    view.choose('day');
    tick(2);
    expect(view.store.getState()).toMatchObject({ isLoading: true });
    expect(shown().to).toBe(startMs);
    await answer();
    expect(shown()).toEqual({ from: startMs - rangeLengths.day, to: startMs });
    tick(119);
    expect(asked).toHaveLength(1);
    tick(1);
    expect(asked).toHaveLength(2);
    await answer();
    stop();
    tick(300);
    expect(asked).toHaveLength(2);
  });

  it('shows the range that was chosen last, whichever answer comes last', async () => {
    const { view, answer, shown } = setUp();
    view.follow();
    view.choose('week');
    view.choose('hour');
    await answer();
    expect(shown().to - shown().from).toBe(rangeLengths.hour);
  });

  it('reaches to the newest point, which main has measured a moment later', async () => {
    const { view, answer, shown } = setUp();
    view.follow();
    view.choose('hour');
    await answer(null, 40);
    expect(shown()).toEqual({ from: startMs - rangeLengths.hour, to: startMs + 40 });
  });

  it('keeps the last figures when the next ones cannot be had, and can be tried again', async () => {
    const { view, asked, answer, shown } = setUp();
    view.follow();
    view.choose('hour');
    await answer(new Error('locked'));
    expect(view.store.getState()).toMatchObject({ isLoading: false, failure: expect.anything() });
    expect(shown().to).toBe(startMs);
    view.refresh();
    await answer();
    expect(view.store.getState().failure).toBeNull();
    expect(asked).toHaveLength(2);
  });

  it('zooms at once, asks for finer figures, and stands still meanwhile', async () => {
    const { view, asked, answer, tick, shown } = setUp();
    view.follow();
    const part = { from: startMs - 100_000, to: startMs - 50_000 };
    view.zoom(part);
    expect(shown()).toEqual(part);
    expect(asked).toEqual([part]);
    await answer();
    tick(20);
    expect(view.store.getState().picture).toMatchObject(part);
    expect(asked).toHaveLength(1);
    view.reset();
    expect(shown().to).toBe(startMs + 20_000);
  });

  it('zooms in and out by factors, and out of all is all', async () => {
    const { view, answer, shown } = setUp();
    view.follow();
    const all = shown();
    view.scale(0.5, all.to);
    await answer();
    expect(shown()).toEqual({ from: all.to - rangeLengths.live / 2, to: all.to });
    view.scale(0.0001, null);
    await answer();
    expect(shown().to - shown().from).toBe(10_000);
    view.scale(1_000, null);
    expect(view.store.getState().zoom).toBeNull();
    expect(shown()).toEqual(all);
  });

  it('stands still while it is paused, and comes back to where it stood', async () => {
    const { view, answer, tick, shown } = setUp();
    view.follow();
    view.setPaused(true);
    tick(5);
    const frozen = shown();
    expect(frozen.to).toBe(startMs);
    view.zoom({ from: startMs - 60_000, to: startMs });
    await answer();
    tick(5);
    view.reset();
    expect(shown()).toEqual(frozen);
    view.setPaused(false);
    expect(shown().to).toBe(startMs + 10_000);
  });
});
