import { describe, expect, it } from 'vitest';
import type { ResultColumn, WindowCell } from '../../../../shared/model/results.ts';
import { fittingWidths } from './columnWidths.ts';

const column = (name: string) => ({ name, type: 'text' }) as ResultColumn;
const letters = (count: number): WindowCell => 'x'.repeat(count);

/** One row whose cells have so many letters. */
const widths = (counts: readonly number[], roomPx: number) =>
  fittingWidths(
    counts.map((_, at) => column(`c${at}`)),
    (at) => [letters(counts[at] ?? 0)],
    roomPx,
  );

describe('fittingWidths', () => {
  it('cuts off what is long where there is no room to spare', () => {
    expect(widths([10, 500, 10], 300)).toEqual([95, 340, 95]);
  });

  it('shares spare room among what is cut off, and gives nobody more than needed', () => {
    expect(widths([10, 60, 10], 2_000)).toEqual([95, 460, 95]);
    expect(widths([60, 500], 1_000)).toEqual([460, 540]);
    expect(widths([500, 500], 1_000)).toEqual([500, 500]);
  });

  it('has an end', () => {
    expect(widths([100_000], 5_000)).toEqual([1_200]);
  });
});
