import { describe, expect, it } from 'vitest';
import { someSample } from '../../../../tests/support/someMetrics.ts';
import { SampleRing } from './SampleRing.ts';

const times = (ring: SampleRing, fromMs = 0): number[] => ring.since(fromMs).map(({ at }) => at);

describe('SampleRing', () => {
  it('keeps the newest samples in order and drops the oldest', () => {
    const ring = new SampleRing(3);
    for (const at of [1, 2, 3, 4, 5]) ring.add(someSample(at));
    expect(times(ring)).toEqual([3, 4, 5]);
    expect(ring.newest?.at).toBe(5);
  });

  it('shows no second twice when the history overlaps the events', () => {
    const ring = new SampleRing(10);
    for (const at of [1, 2, 3, 2, 3, 4]) ring.add(someSample(at));
    expect(times(ring)).toEqual([1, 2, 3, 4]);
  });

  it('goes on after the clock was set back', () => {
    const ring = new SampleRing(3);
    for (const at of [3_600_000, 3_601_000, 3_602_000, 3_603_000]) ring.add(someSample(at));
    for (const at of [1_000, 2_000]) ring.add(someSample(at));
    expect(times(ring)).toEqual([1_000, 2_000]);
  });

  it('gives only what is young enough', () => {
    const ring = new SampleRing(10);
    for (const at of [10, 20, 30]) ring.add(someSample(at));
    expect(times(ring, 20)).toEqual([20, 30]);
    expect(times(ring, 31)).toEqual([]);
  });

  it('is empty at first', () => {
    expect(new SampleRing(3).newest).toBeNull();
    expect(times(new SampleRing(3))).toEqual([]);
  });
});
