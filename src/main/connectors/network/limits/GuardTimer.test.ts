import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../../tests/support/FakeClock.ts';
import { GuardTimer } from './GuardTimer.ts';

let clock: FakeClock;
let dueAt: number[];
let guard: GuardTimer;

beforeEach(() => {
  clock = new FakeClock();
  dueAt = [];
  guard = new GuardTimer(clock, () => dueAt.push(clock.monotonicMs()));
});

describe('GuardTimer', () => {
  it('is due once, at the time set last', async () => {
    guard.set(1_000);
    await clock.advance(600);
    guard.set(1_000);
    guard.set(2_000);
    expect(clock.pendingCount).toBe(1);
    await clock.advance(10_000);
    expect(dueAt).toEqual([2_600]);
  });

  it('that is cleared is not due and leaves no timer', async () => {
    guard.set(1_000);
    guard.clear();
    expect(clock.pendingCount).toBe(0);
    await clock.advance(5_000);
    expect(dueAt).toEqual([]);
  });

  it('gives a process that was stopped time to read what came meanwhile', async () => {
    const stopped = new StoppedClock();
    guard = new GuardTimer(stopped, () => dueAt.push(stopped.monotonicMs()));
    guard.set(1_000);
    stopped.stopFor(20_000);
    await stopped.advance(1_000);
    expect(dueAt).toEqual([]);
    await stopped.advance(1_000);
    expect(dueAt).toEqual([22_000]);
  });
});

/** A clock whose process did not get to run its timers for a while. */
class StoppedClock extends FakeClock {
  #stoppedMs = 0;

  stopFor(durationMs: number): void {
    this.#stoppedMs = durationMs;
  }

  override monotonicMs(): number {
    return super.monotonicMs() + this.#stoppedMs;
  }
}
