import { describe, expect, it } from 'vitest';
import { matchesNode, matchParts, parseFilter } from './nodeFilter.ts';

describe('nodeFilter', () => {
  it('finds a node by any part of its name, in any case and any order of words', () => {
    expect(matchesNode(parseFilter('  ITEM ord'), 'sales', 'order_items')).toBe(true);
    expect(matchesNode(parseFilter('order customer'), 'sales', 'order_items')).toBe(false);
  });

  it('looks at the schema only when the word has a dot', () => {
    expect(matchesNode(parseFilter('sales.ord'), 'sales', 'orders')).toBe(true);
    expect(matchesNode(parseFilter('hr.ord'), 'sales', 'orders')).toBe(false);
    expect(matchesNode(parseFilter('sales'), 'sales', 'orders')).toBe(false);
  });

  it('marks the matching parts of a name and keeps every letter', () => {
    expect(matchParts(parseFilter('sales.ord items'), 'order_items')).toEqual([
      { text: 'ord', isMatch: true },
      { text: 'er_', isMatch: false },
      { text: 'items', isMatch: true },
    ]);
  });

  it('marks nothing rather than the wrong letters when lower case changes the length', () => {
    expect(matchParts(parseFilter('x'), 'İx')).toEqual([{ text: 'İx', isMatch: false }]);
  });
});
