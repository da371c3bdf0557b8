import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import { ReconnectPace } from './ReconnectPace.ts';

describe('ReconnectPace', () => {
  let clock: FakeClock;
  let pace: ReconnectPace;

  beforeEach(() => {
    clock = new FakeClock();
    pace = new ReconnectPace(clock, () => 1);
  });

  const fail = (times: number) => Array.from({ length: times }, () => pace.failed());

  it('grows to 30 s and stays there, for ever', () => {
    expect(fail(12).slice(-4)).toEqual([30_000, 30_000, 30_000, 30_000]);
    expect(pace.attempt).toBe(12);
  });

  it('makes up for a first loss at once, and waits longer after each of the next', () => {
    pace.connected();
    expect(pace.lost()).toBe(0);
    pace.connected();
    expect(pace.lost()).toBe(250);
    pace.connected();
    expect(pace.lost()).toBe(500);
  });

  it('is not made shorter by a connect that succeeds, but by a minute of health', async () => {
    fail(5);
    pace.connected();
    await clock.advance(59_999);
    expect(pace.lost()).toBeGreaterThan(0);
    pace.connected();
    await clock.advance(60_000);
    expect(pace.lost()).toBe(0);
  });

  it('does not take a long wait for health', async () => {
    fail(8);
    await clock.advance(120_000);
    expect(pace.failed()).toBe(30_000);
  });

  it('tries at least once a second for half a minute after a wake-up, and after a healthy server went away', async () => {
    fail(8);
    pace.hurry();
    expect(fail(6)).toEqual([250, 500, 1_000, 1_000, 1_000, 1_000]);
    await clock.advance(30_000);
    expect(pace.failed()).toBe(16_000);
    pace.connected();
    await clock.advance(60_000);
    pace.lost();
    expect(fail(6).at(-1)).toBe(1_000);
  });

  it('does not hurry after a server that takes connections and drops them', async () => {
    pace.connected();
    pace.lost();
    await clock.advance(30_000);
    for (let count = 0; count < 9; count += 1) {
      pace.connected();
      await clock.advance(1_000);
      pace.lost();
    }
    pace.connected();
    expect(pace.lost()).toBe(30_000);
  });
});
