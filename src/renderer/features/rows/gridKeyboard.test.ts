import { describe, expect, it } from 'vitest';
import { gridActionForKey } from './gridKeyboard.ts';
import { extendedTo, type GridSelection, oneCell } from './gridSelection.ts';

const size = { rowCount: 100, columnCount: 5, pageSize: 20 };
const start = oneCell({ row: 10, column: 2 });
const press = (
  key: string,
  modifiers: 'Ctrl' | 'Shift' | 'Ctrl+Shift' | '' = '',
  from: GridSelection | null = start,
) =>
  gridActionForKey(
    { key, isCtrl: modifiers.includes('Ctrl'), isShift: modifiers.includes('Shift') },
    from,
    size,
  );
const move = (row: number, column: number) => ({ type: 'select', selection: oneCell({ row, column }) });
const stretched = (row: number, column: number): GridSelection => extendedTo(start, { row, column });
const stretch = (row: number, column: number) => ({ type: 'select', selection: stretched(row, column) });

describe('gridActionForKey', () => {
  it('moves by cell and by page and stays inside', () => {
    expect(press('ArrowDown')).toEqual(move(11, 2));
    expect(press('ArrowLeft')).toEqual(move(10, 1));
    expect(press('PageUp')).toEqual(move(0, 2));
    expect(press('ArrowRight', '', oneCell({ row: 0, column: 4 }))).toEqual(move(0, 4));
  });

  it('jumps to the ends of the row, and with Ctrl to the ends of the grid', () => {
    expect(press('Home')).toEqual(move(10, 0));
    expect(press('End')).toEqual(move(10, 4));
    expect(press('End', 'Ctrl')).toEqual(move(99, 4));
    expect(press('ArrowDown', 'Ctrl')).toEqual(move(99, 2));
  });

  it('stretches the selection with Shift, from the cell where it was begun', () => {
    expect(press('ArrowDown', 'Shift')).toEqual(stretch(11, 2));
    expect(press('End', 'Ctrl+Shift')).toEqual(stretch(99, 4));
    expect(press('ArrowUp', 'Shift', stretched(12, 3))).toEqual(stretch(11, 3));
    expect(press('ArrowUp', '', stretched(12, 3))).toEqual(move(11, 3));
  });

  it('selects every cell with Ctrl+A without moving the view, and nothing with Escape', () => {
    expect(press('a', 'Ctrl')).toEqual({
      type: 'select',
      selection: { anchor: { row: 0, column: 0 }, focus: { row: 99, column: 4 }, active: start.active },
    });
    expect(press('Escape')).toEqual({ type: 'select', selection: null });
    expect(press('Escape', '', null)).toBeNull();
  });

  it('begins at the first cell', () => {
    expect(press('ArrowDown', '', null)).toEqual(move(0, 0));
  });

  it('copies the cells or their rows, and shows the whole value', () => {
    expect(press('c', 'Ctrl')).toEqual({ type: 'copyCells' });
    expect(press('C', 'Ctrl+Shift')).toEqual({ type: 'copyRows' });
    expect(press('Enter')).toEqual({ type: 'inspect' });
  });

  it('leaves other keys alone', () => {
    expect(press('Tab')).toBeNull();
    expect(press('c')).toBeNull();
  });
});
