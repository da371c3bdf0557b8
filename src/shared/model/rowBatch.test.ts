import { describe, expect, it } from 'vitest';
import { cellOf } from './rowBatch.ts';

describe('a cell on its way to the window', () => {
  it.each([
    ['4,096 letters', 'x'.repeat(4_096)],
    ['4,094 letters and two emoji', `${'y'.repeat(4_094)}😀😀`],
    ['4,096 emoji', '😀'.repeat(4_096)],
  ])('is whole with %s', (_, value) => {
    expect(cellOf(value)).toBe(value);
  });

  it('is shortened with one character more, and its true length is known', () => {
    expect(cellOf('x'.repeat(4_097))).toEqual({ start: 'x'.repeat(4_096), length: 4_097 });
  });

  it('never ends in half a character', () => {
    expect(cellOf(`${'y'.repeat(4_095)}😀😀`)).toEqual({ start: `${'y'.repeat(4_095)}😀`, length: 4_097 });
  });

  it('stays NULL', () => {
    expect(cellOf(null)).toBeNull();
  });
});
