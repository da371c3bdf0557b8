import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { somePoolStats } from '../../../tests/support/someMetrics.ts';
import { type CheckResult, HealthWatch } from './HealthWatch.ts';

describe('HealthWatch', () => {
  let clock: FakeClock;
  let results: CheckResult[];
  let verdicts: string[];
  let timeouts: number[];
  let answeredCount: number;
  let ceiling: number;
  let total: number;
  let watch: HealthWatch;

  beforeEach(() => {
    clock = new FakeClock();
    results = [];
    verdicts = [];
    timeouts = [];
    answeredCount = 0;
    ceiling = 10;
    total = 2;
    watch = new HealthWatch({
      check: async (timeoutMs) => {
        timeouts.push(timeoutMs);
        return results.shift() ?? { roundTripMs: 1, checked: 2, lost: 0 };
      },
      stats: () => somePoolStats({ total, ceiling }),
      isBlocked: () => false,
      answeredCount: () => answeredCount,
      onHealth: ({ is }) => verdicts.push(is),
      clock,
      random: () => 0.5,
    });
  });

  const busy: CheckResult = { roundTripMs: null, checked: 0, lost: 0 };

  it('checks at once and then every 30 s, each time with 5 s to answer', async () => {
    watch.start();
    await clock.advance(60_000);
    expect(timeouts).toEqual([5_000, 5_000, 5_000]);
    watch.stop();
    expect(clock.pendingCount).toBe(0);
  });

  it('spreads the checks of many data sources by a tenth', async () => {
    const early = new HealthWatch({
      check: async () => busy,
      stats: () => somePoolStats({ total: 0, ceiling }),
      isBlocked: () => false,
      answeredCount: () => 0,
      onHealth: ({ is }) => verdicts.push(is),
      clock,
      random: () => 0,
    });
    early.start();
    await clock.advance(26_999);
    expect(verdicts).toHaveLength(1);
    await clock.advance(1);
    expect(verdicts).toHaveLength(2);
    early.stop();
  });

  it('looks again after 5 s while connections are lost, until all answer', async () => {
    results = [{ roundTripMs: 1, checked: 2, lost: 1 }];
    watch.start();
    await clock.advance(35_000);
    expect(verdicts).toEqual(['unwell', 'well', 'well']);
  });

  it('takes a busy pool that answers its statements for well, and says nothing of one that does not', async () => {
    results = [busy, busy];
    watch.start();
    await clock.advance(1);
    answeredCount = 7;
    await clock.advance(30_000);
    expect(verdicts).toEqual(['unknown', 'well']);
  });

  it('does not find all well while the server keeps the pool small, or just after a connect failed', async () => {
    ceiling = 2;
    watch.start();
    await clock.advance(1);
    ceiling = 10;
    watch.connectFailed();
    await clock.advance(5_000);
    expect(verdicts).toEqual(['unknown', 'unknown']);
    await clock.advance(5_000);
    expect(verdicts.at(-1)).toBe('well');
  });

  it('checks at once and impatiently when the machine wakes up, but not when nothing is open', async () => {
    watch.wakeUp();
    expect(timeouts).toEqual([]);
    watch.start();
    watch.wakeUp();
    await clock.advance(1_000);
    expect(timeouts).toEqual([5_000, 2_000]);
    expect(clock.pendingCount).toBe(1);
  });
});
