import { describe, expect, it } from 'vitest';
import {
  addedCell,
  allCells,
  boundedTo,
  cellCountOf,
  disjointRanges,
  extendedTo,
  lastRangeOf,
  oneCell,
  rangesOf,
  wholeColumns,
  wholeRows,
} from './gridSelection.ts';

const size = { rowCount: 1_000, columnCount: 8 };

describe('gridSelection', () => {
  it('stretches from the cell where it was begun, in any direction', () => {
    const selection = extendedTo(oneCell({ row: 5, column: 4 }), { row: 2, column: 6 });
    expect(lastRangeOf(selection)).toEqual({ firstRow: 2, lastRow: 5, firstColumn: 4, lastColumn: 6 });
    expect(selection.active).toEqual({ row: 2, column: 6 });
  });

  it('keeps what was selected when a cell is added', () => {
    const selection = addedCell(oneCell({ row: 1, column: 1 }), { row: 9, column: 2 });
    expect(rangesOf(selection)).toHaveLength(2);
  });

  it('selects rows from the one that was clicked first', () => {
    const first = wholeRows(4, size, 2, null, 'replace');
    const selection = wholeRows(7, size, 2, first, 'extend');
    expect(lastRangeOf(selection)).toEqual({ firstRow: 4, lastRow: 7, firstColumn: 0, lastColumn: 7 });
  });

  it('selects a whole column without leaving the rows in view', () => {
    const selection = wholeColumns(3, size, 400, null, 'replace');
    expect(cellCountOf(lastRangeOf(selection))).toBe(1_000);
    expect(selection.active).toEqual({ row: 400, column: 3 });
  });

  it('selects everything and stays where it is', () => {
    const selection = allCells(size, oneCell({ row: 7, column: 7 }));
    expect(cellCountOf(lastRangeOf(selection))).toBe(8_000);
    expect(selection.active).toEqual({ row: 7, column: 7 });
  });

  it('counts a cell once that is in two rectangles', () => {
    const cross = [
      { firstRow: 0, lastRow: 9, firstColumn: 2, lastColumn: 3 },
      { firstRow: 4, lastRow: 5, firstColumn: 0, lastColumn: 7 },
      { firstRow: 4, lastRow: 4, firstColumn: 1, lastColumn: 1 },
    ];
    const disjoint = disjointRanges(cross);
    const cells = disjoint.flatMap((range) => {
      const found: string[] = [];
      for (let row = range.firstRow; row <= range.lastRow; row += 1) {
        for (let column = range.firstColumn; column <= range.lastColumn; column += 1)
          found.push(`${row}:${column}`);
      }
      return found;
    });
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells).toHaveLength(20 + 16 - 4);
  });

  it('goes to the nearest cell when rows are taken away, and is gone with the last of them', () => {
    const selection = oneCell({ row: 500, column: 7 });
    expect(boundedTo(selection, { rowCount: 10, columnCount: 3 })?.active).toEqual({ row: 9, column: 2 });
    expect(boundedTo(selection, { rowCount: 0, columnCount: 3 })).toBeNull();
  });
});
