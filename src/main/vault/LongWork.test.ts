import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { cancelledError } from '../base/AppError.ts';
import { WorkSlices } from './LongWork.ts';

/** A clock that is set by hand, without letting anything else run. */
class SetClock extends FakeClock {
  nowMs = 1_000;

  override monotonicMs(): number {
    return this.nowMs;
  }
}

let clock: SetClock;
let controller: AbortController;
let slices: WorkSlices;
let hasOtherRun: boolean;

beforeEach(() => {
  [clock, controller, hasOtherRun] = [new SetClock(), new AbortController(), false];
  slices = new WorkSlices(clock, controller.signal);
  setImmediate(() => (hasOtherRun = true));
});

describe('WorkSlices', () => {
  it('lets others run when six milliseconds are over, counted from the last pause', async () => {
    clock.nowMs += 5;
    await slices.pauseWhenDue();
    expect(hasOtherRun).toBe(false);
    clock.nowMs += 1;
    await slices.pauseWhenDue();
    expect(hasOtherRun).toBe(true);
    hasOtherRun = false;
    setImmediate(() => (hasOtherRun = true));
    clock.nowMs += 5;
    await slices.pauseWhenDue();
    expect(hasOtherRun).toBe(false);
  });

  it('ends work that is given up at its next look, due or not', async () => {
    controller.abort(cancelledError());
    await expect(slices.pauseWhenDue()).rejects.toMatchObject({ code: 'CANCELLED' });
    clock.nowMs += 6;
    await expect(slices.pauseWhenDue()).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
