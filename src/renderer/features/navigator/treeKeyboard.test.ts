import { describe, expect, it } from 'vitest';
import { treeActionForKey } from './treeKeyboard.ts';
import { findTyped, noLetters, typeLetter } from './typeAhead.ts';

const row = (key: string, parentKey: string | null, isExpanded: boolean | null) => ({
  key,
  parentKey,
  isExpanded,
});

const rows = [
  row('hr', null, false),
  row('sales', null, true),
  row('orders', 'sales', null),
  row('web', null, false),
];
const press = (key: string, activeKey: string | null) =>
  treeActionForKey(key, { rows, activeKey, pageSize: 3 });

describe('treeActionForKey', () => {
  it('moves with the arrows and stops at both ends', () => {
    expect(press('ArrowDown', 'hr')).toEqual({ type: 'move', key: 'sales' });
    expect(press('ArrowDown', 'web')).toEqual({ type: 'move', key: 'web' });
    expect(press('ArrowUp', 'hr')).toEqual({ type: 'move', key: 'hr' });
    expect(press('End', 'hr')).toEqual({ type: 'move', key: 'web' });
    expect(press('PageUp', 'web')).toEqual({ type: 'move', key: 'hr' });
  });

  it('begins at the top when nothing has the focus yet', () => {
    expect(press('ArrowDown', null)).toEqual({ type: 'move', key: 'hr' });
    expect(press('ArrowDown', 'a row that is gone')).toEqual({ type: 'move', key: 'hr' });
  });

  it('opens with the right arrow, then goes in', () => {
    expect(press('ArrowRight', 'hr')).toEqual({ type: 'toggle', key: 'hr', isExpanded: true });
    expect(press('ArrowRight', 'sales')).toEqual({ type: 'move', key: 'orders' });
    expect(press('ArrowRight', 'orders')).toBeNull();
  });

  it('goes to the parent with the left arrow, then closes it', () => {
    expect(press('ArrowLeft', 'orders')).toEqual({ type: 'move', key: 'sales' });
    expect(press('ArrowLeft', 'sales')).toEqual({ type: 'toggle', key: 'sales', isExpanded: false });
    expect(press('ArrowLeft', 'hr')).toBeNull();
  });

  it('leaves other keys alone, and all keys of an empty tree', () => {
    expect(press('Tab', 'hr')).toBeNull();
    expect(treeActionForKey('ArrowDown', { rows: [], activeKey: null, pageSize: 3 })).toBeNull();
  });
});

describe('type-ahead', () => {
  const labels = ['orders', 'order_items', 'people', 'offices'];

  it('joins letters typed quickly and begins anew after a pause', () => {
    const quick = typeLetter(typeLetter(noLetters, 'O', 1_000), 'r', 1_500);
    expect(quick.text).toBe('or');
    expect(typeLetter(quick, 'p', 2_500).text).toBe('p');
  });

  it('jumps to the next row, around the end, and stays while the word still fits', () => {
    expect(findTyped(labels, 0, 'o')).toBe(1);
    expect(findTyped(labels, 3, 'o')).toBe(0);
    expect(findTyped(labels, 1, 'order_')).toBe(1);
    expect(findTyped(labels, 0, 'x')).toBeNull();
  });

  it('walks through all rows with one letter pressed again and again', () => {
    expect(findTyped(labels, 1, 'oo')).toBe(3);
  });
});
