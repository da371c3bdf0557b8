import { describe, expect, it } from 'vitest';
import { qualifiedSqlName, sqlName } from './sqlName.ts';

describe('sqlName', () => {
  it('writes ordinary names without quotes', () => {
    expect(qualifiedSqlName({ schema: 'sales', name: 'order_items_2025' })).toBe('sales.order_items_2025');
  });

  it('quotes what would be another name or no name without them', () => {
    expect(['User', 'order', 'größe', '2025', 'a b', ''].map(sqlName)).toEqual([
      '"User"',
      '"order"',
      '"größe"',
      '"2025"',
      '"a b"',
      '""',
    ]);
  });

  it('lets no name break out of its quotes', () => {
    expect(sqlName('x"; drop table y; --')).toBe('"x""; drop table y; --"');
  });
});
