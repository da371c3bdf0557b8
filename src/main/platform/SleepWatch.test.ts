import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import type { Clock } from '../base/Clock.ts';
import { SleepWatch } from './SleepWatch.ts';

/** A clock whose wall time a test can move by itself, and whose timers can be late. */
function prepare() {
  const clock = new FakeClock();
  const jump = { wallMs: 0, monotonicMs: 0 };
  const seen: Clock = {
    monotonicMs: () => clock.monotonicMs() + jump.monotonicMs,
    wallMs: () => clock.wallMs() + jump.monotonicMs + jump.wallMs,
    after: (delayMs, work) => clock.after(delayMs, work),
  };
  let wokeCount = 0;
  const watch = new SleepWatch(seen, () => {
    wokeCount += 1;
  });
  watch.start();
  return { clock, jump, watch, woke: () => wokeCount };
}

describe('SleepWatch', () => {
  it('tells once that the machine slept, though no event came', async () => {
    const { clock, jump, woke } = prepare();
    await clock.advance(60_000);
    expect(woke()).toBe(0);
    jump.wallMs += 3_600_000;
    await clock.advance(20_000);
    expect(woke()).toBe(1);
  });

  it('tells it also where monotonic time goes on in sleep', async () => {
    const { clock, jump, woke } = prepare();
    jump.monotonicMs += 3_600_000;
    await clock.advance(2_000);
    expect(woke()).toBe(1);
  });

  it('takes a wall clock that is put back or corrected a little for no sleep', async () => {
    const { clock, jump, woke } = prepare();
    jump.wallMs -= 3_600_000;
    await clock.advance(10_000);
    jump.wallMs += 900;
    await clock.advance(10_000);
    expect(woke()).toBe(0);
  });

  it('leaves no timer behind', async () => {
    const { clock, watch } = prepare();
    await clock.advance(10_000);
    watch.stop();
    expect(clock.pendingCount).toBe(0);
  });
});
