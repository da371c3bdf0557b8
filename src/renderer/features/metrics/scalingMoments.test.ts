import { describe, expect, it } from 'vitest';
import type { ScalingDecision } from '../../../shared/model/poolStats.ts';
import { scalingMarks } from './scalingMoments.ts';

const decided = (at: number): ScalingDecision => ({
  at,
  reason: 'busy',
  from: 1,
  to: 2,
  waitP95Ms: null,
  use: 1,
  arrivalsPerSecond: 1,
});
const span = { from: 1_000, to: 2_000 };

describe('the marks of the scaler', () => {
  it('are those of the time that is shown', () => {
    const marks = scalingMarks([decided(999), decided(1_000), decided(2_000), decided(2_001)], span);
    expect(marks.map(({ at }) => at)).toEqual([1_000, 2_000]);
  });

  it('are one where several could not be pointed at, however many there are', () => {
    const marks = scalingMarks(
      Array.from({ length: 1_000 }, (_, index) => decided(1_000 + index)),
      span,
    );
    expect(marks.length).toBeLessThanOrEqual(40);
    expect(marks.flatMap(({ decisions }) => decisions)).toHaveLength(1_000);
  });
});
