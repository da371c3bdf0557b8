import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

describe('backoffMs', () => {
  it('doubles its ceiling from 250 ms and stops at 30 s', () => {
    const ceilings = [1, 2, 3, 8, 9, 1_000_000].map((attempt) => backoffMs(attempt, () => 1));
    expect(ceilings).toEqual([250, 500, 1_000, 30_000, 30_000, 30_000]);
  });

  it('spreads over everything below the ceiling', () => {
    expect(backoffMs(3, () => 0)).toBe(0);
    expect(backoffMs(3, () => 0.5)).toBe(500);
  });
});
