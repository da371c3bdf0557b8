import { describe, expect, it } from 'vitest';
import { quote } from './quote.ts';

describe('a name in SQL', () => {
  it('has no quotes where it needs none', () => {
    expect(['sales', 'order_items_2025'].map(quote)).toEqual(['sales', 'order_items_2025']);
  });

  it('is quoted where it would be another name or no name without them', () => {
    expect(['User', 'order', 'größe', '2025', 'a b', ''].map(quote)).toEqual([
      '"User"',
      '"order"',
      '"größe"',
      '"2025"',
      '"a b"',
      '""',
    ]);
  });

  it('does not break out of its quotes', () => {
    expect(quote('x"; drop table y; --')).toBe('"x""; drop table y; --"');
  });
});
