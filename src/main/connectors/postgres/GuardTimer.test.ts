import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import { MovingDeadline } from './MovingDeadline.ts';

let clock: FakeClock;
let dueAt: number[];
let deadline: MovingDeadline;

beforeEach(() => {
  clock = new FakeClock();
  dueAt = [];
  deadline = new MovingDeadline(clock, () => dueAt.push(clock.monotonicMs()));
});

describe('MovingDeadline', () => {
  it('is due once, at the time set last, with one timer whatever is set', async () => {
    deadline.set(1_000);
    await clock.advance(600);
    deadline.set(1_000);
    deadline.set(2_000);
    expect(clock.pendingCount).toBe(1);
    await clock.advance(10_000);
    expect(dueAt).toEqual([2_600]);
    expect(clock.pendingCount).toBe(0);
  });

  it('can be moved nearer', async () => {
    deadline.set(10_000);
    deadline.set(1_000);
    expect(clock.pendingCount).toBe(1);
    await clock.advance(20_000);
    expect(dueAt).toEqual([1_000]);
  });

  it('that is cleared is not due, and can be set again', async () => {
    deadline.set(1_000);
    deadline.clear();
    await clock.advance(500);
    deadline.set(1_000);
    deadline.clear();
    await clock.advance(5_000);
    deadline.set(1_000);
    await clock.advance(5_000);
    expect(dueAt).toEqual([6_500]);
  });

  it('leaves no timer when it is disposed of', () => {
    deadline.set(1_000);
    deadline.dispose();
    expect(clock.pendingCount).toBe(0);
  });

  it('gives a process that was stopped time to read what came meanwhile', async () => {
    const stopped = new StoppedClock();
    deadline = new MovingDeadline(stopped, () => dueAt.push(stopped.monotonicMs()));
    deadline.set(1_000);
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
