import { describe, expect, it } from 'vitest';
import { ranked } from './ranking.ts';

const item = (name: string, detail = '') => ({ key: name, name, detail });
const names = ['order_items', 'orders', 'customers', 'reorder_log', 'Close tab', 'orderTotals'].map((name) =>
  item(name),
);
const found = (search: string, recent: string[] = [], items = names): string[] =>
  ranked(items, search, recent).map(({ name }) => name);

describe('what a search finds', () => {
  it('is ranked: the name itself, names that begin with it, words that do, then the rest', () => {
    expect(found('orders')[0]).toBe('orders');
    expect(found('order')).toEqual(['orders', 'order_items', 'orderTotals', 'reorder_log']);
    expect(found('tab')).toEqual(['Close tab']);
    expect(found('totals')).toEqual(['orderTotals']);
  });

  it('may leave letters out: the first ones of words count most', () => {
    expect(found('oi')[0]).toBe('order_items');
    expect(found('ot')[0]).toBe('orderTotals');
    expect(found('cltb')).toEqual(['Close tab']);
  });

  it('has all words, in any order, in the name or beside it', () => {
    const items = [item('orders', 'Demo › sales'), item('orders2', 'Live › sales')];
    expect(found('live ord', [], items)).toEqual(['orders2']);
    expect(found('items order')).toEqual(['order_items']);
    expect(found('order nothing')).toEqual([]);
  });

  it('puts first what was chosen lately, among those that fit about as well', () => {
    expect(found('', ['customers', 'orders']).slice(0, 2)).toEqual(['customers', 'orders']);
    expect(found('order', ['orderTotals'])[0]).toBe('orderTotals');
    expect(found('orders', ['reorder_log'])[0]).toBe('orders');
  });

  it('is there at once among a hundred thousand names', () => {
    const many = Array.from({ length: 100_000 }, (_, index) =>
      item(`customer_order_${index}`, 'Demo › sales'),
    );
    const startedAt = performance.now();
    expect(ranked(many, 'cust ord 99', [])[0]?.name).toBe('customer_order_99');
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
