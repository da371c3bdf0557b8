import { describe, expect, it } from 'vitest';
import { type CellPosition, gridActionForKey } from './gridKeyboard.ts';

const size = { rowCount: 100, columnCount: 5, pageSize: 20 };
const press = (
  key: string,
  modifiers: 'Ctrl' | 'Ctrl+Shift' | '' = '',
  from: CellPosition | null = { row: 10, column: 2 },
) => gridActionForKey({ key, isCtrl: modifiers !== '', isShift: modifiers === 'Ctrl+Shift' }, from, size);
const move = (row: number, column: number) => ({ type: 'move', cell: { row, column } });

describe('gridActionForKey', () => {
  it('moves by cell and by page and stays inside', () => {
    expect(press('ArrowDown')).toEqual(move(11, 2));
    expect(press('ArrowLeft')).toEqual(move(10, 1));
    expect(press('PageUp')).toEqual(move(0, 2));
    expect(press('ArrowRight', '', { row: 0, column: 4 })).toEqual(move(0, 4));
  });

  it('jumps to the ends of the row, and with Ctrl to the ends of the grid', () => {
    expect(press('Home')).toEqual(move(10, 0));
    expect(press('End')).toEqual(move(10, 4));
    expect(press('End', 'Ctrl')).toEqual(move(99, 4));
    expect(press('ArrowDown', 'Ctrl')).toEqual(move(99, 2));
  });

  it('begins at the first cell', () => {
    expect(press('ArrowDown', '', null)).toEqual(move(0, 0));
  });

  it('copies a cell or its row, and shows the whole value', () => {
    expect(press('c', 'Ctrl')).toEqual({ type: 'copyCell' });
    expect(press('C', 'Ctrl+Shift')).toEqual({ type: 'copyRow' });
    expect(press('Enter')).toEqual({ type: 'inspect' });
  });

  it('leaves other keys alone', () => {
    expect(press('Tab')).toBeNull();
    expect(press('c')).toBeNull();
  });
});
