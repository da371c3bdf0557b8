import { describe, expect, it } from 'vitest';
import { estimatedRows } from './estimatedRows.ts';

const nothingBelow = { below: null, unknownBelow: null };

describe('estimatedRows', () => {
  it('of a table is its own estimate, or nothing', () => {
    expect(estimatedRows({ own: 7, ...nothingBelow }, true)).toEqual({ value: 7, accuracy: 'estimate' });
    expect(estimatedRows({ own: null, ...nothingBelow }, true)).toBeNull();
  });

  it('adds what is below, which is all there is of a partitioned table', () => {
    const below = { below: 60_000, unknownBelow: 0 };
    expect(estimatedRows({ own: 5, ...below }, true)).toEqual({ value: 60_005, accuracy: 'estimate' });
    expect(estimatedRows({ own: null, ...below }, false)).toEqual({ value: 60_000, accuracy: 'estimate' });
    expect(estimatedRows({ own: null, ...nothingBelow }, false)).toEqual({ value: 0, accuracy: 'estimate' });
  });

  it('is a lower bound when anything was never analysed', () => {
    const partly = { below: 100, unknownBelow: 1 };
    expect(estimatedRows({ own: null, ...partly }, false)).toEqual({ value: 100, accuracy: 'at-least' });
    const whole = { below: 100, unknownBelow: 0 };
    expect(estimatedRows({ own: null, ...whole }, true)).toEqual({ value: 100, accuracy: 'at-least' });
  });

  it('is nothing rather than “at least 0”', () => {
    expect(estimatedRows({ own: 0, below: null, unknownBelow: 3 }, true)).toBeNull();
  });
});
