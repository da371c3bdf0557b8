import { describe, expect, it } from 'vitest';
import { gridActionForKey } from './gridKeyboard.ts';
import { type GridSelection, lastRangeOf, oneCell } from './gridSelection.ts';

const size = { rowCount: 100, columnCount: 5, pageSize: 20 };
const middle = oneCell({ row: 50, column: 2 });

const press = (key: string, selection: GridSelection | null = middle, modifiers = '') =>
  gridActionForKey(
    {
      key,
      isCtrl: modifiers.includes('ctrl'),
      isShift: modifiers.includes('shift'),
      isAlt: modifiers.includes('alt'),
    },
    selection,
    size,
  );

function selectionAfter(
  key: string,
  modifiers = '',
  selection: GridSelection | null = middle,
): GridSelection {
  const action = press(key, selection, modifiers);
  if (action?.type !== 'select' || action.selection === null) throw new Error('nothing is selected');
  return action.selection;
}

describe('gridActionForKey', () => {
  it.each([
    ['ArrowDown', '', 51, 2],
    ['ArrowUp', 'ctrl', 0, 2],
    ['ArrowRight', 'ctrl', 50, 4],
    ['PageDown', '', 70, 2],
    ['Home', '', 50, 0],
    ['End', 'ctrl', 99, 4],
    ['PageUp', '', 30, 2],
  ])('%s with "%s" goes to row %i, column %i', (key, modifiers, row, column) => {
    expect(selectionAfter(key, modifiers).active).toEqual({ row, column });
  });

  it('stretches with Shift and goes on from the moving corner', () => {
    const once = selectionAfter('ArrowDown', 'shift');
    const twice = selectionAfter('ArrowRight', 'shift', once);
    expect(lastRangeOf(twice)).toEqual({ firstRow: 50, lastRow: 51, firstColumn: 2, lastColumn: 3 });
  });

  it('selects the first cell with the first move', () => {
    expect(selectionAfter('ArrowDown', '', null).active).toEqual({ row: 0, column: 0 });
  });

  it('selects a row with Shift+Space and a column with Ctrl+Space', () => {
    expect(lastRangeOf(selectionAfter(' ', 'shift'))).toMatchObject({
      firstRow: 50,
      lastRow: 50,
      lastColumn: 4,
    });
    expect(lastRangeOf(selectionAfter(' ', 'ctrl'))).toMatchObject({
      firstRow: 0,
      lastRow: 99,
      firstColumn: 2,
    });
  });

  it('selects all cells with Ctrl+A', () => {
    expect(lastRangeOf(selectionAfter('a', 'ctrl'))).toMatchObject({
      firstRow: 0,
      lastRow: 99,
      lastColumn: 4,
    });
  });

  it.each([
    ['c', 'ctrl', 'copy'],
    ['C', 'ctrl shift', 'copyWithHeader'],
    [' ', '', 'inspect'],
    ['Enter', '', 'inspect'],
    ['Enter', 'ctrl', 'follow'],
    ['ArrowDown', 'alt', 'columnMenu'],
    ['f', 'ctrl', 'find'],
    ['s', 'ctrl', 'save'],
  ])('%s with "%s" means %s', (key, modifiers, type) => {
    expect(press(key, middle, modifiers)).toEqual({ type });
  });

  it('takes the selection back with Escape and leaves the key alone when there is none', () => {
    expect(press('Escape')).toEqual({ type: 'select', selection: null });
    expect(press('Escape', null)).toBeNull();
  });

  it.each(['Tab', 'x', 'F5'])('leaves %s to others', (key) => {
    expect(press(key)).toBeNull();
  });
});
