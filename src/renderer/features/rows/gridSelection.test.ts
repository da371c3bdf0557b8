import { describe, expect, it } from 'vitest';
import { cellCount, extendedTo, oneCell, rangeOf, wholeRows } from './gridSelection.ts';

const cell = (row: number, column: number) => ({ row, column });

describe('a selection of cells', () => {
  it('is the same rectangle in whatever direction it was stretched', () => {
    const range = { firstRow: 2, lastRow: 5, firstColumn: 1, lastColumn: 3 };
    expect(rangeOf(extendedTo(oneCell(cell(2, 3)), cell(5, 1)))).toEqual(range);
    expect(rangeOf(extendedTo(oneCell(cell(5, 1)), cell(2, 3)))).toEqual(range);
    expect(cellCount(range)).toBe(12);
  });

  it('begins at the cell itself when there was none to stretch', () => {
    expect(extendedTo(null, cell(1, 1))).toEqual(oneCell(cell(1, 1)));
  });

  it('takes whole rows, and more of them when it is stretched', () => {
    const row = wholeRows(cell(4, 1), 3, null);
    expect(rangeOf(row)).toEqual({ firstRow: 4, lastRow: 4, firstColumn: 0, lastColumn: 2 });
    expect(row.active).toEqual(cell(4, 1));
    const rows = { firstRow: 2, lastRow: 4, firstColumn: 0, lastColumn: 2 };
    expect(rangeOf(wholeRows(cell(2, 0), 3, row))).toEqual(rows);
    expect(rangeOf(wholeRows(cell(2, 0), 3, oneCell(cell(4, 1))))).toEqual(rows);
  });
});
