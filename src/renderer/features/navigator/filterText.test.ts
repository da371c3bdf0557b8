import { describe, expect, it } from 'vitest';
import { filterWords, ranks } from '../../lib/textRank.ts';
import { matchParts, rankOfNode } from './filterText.ts';

const rank = (filter: string, name: string) => rankOfNode(filterWords(filter), 'Sales', name);

describe('the filter of nodes', () => {
  it('prefers the whole name, then its beginning, then the beginning of a word, then any place', () => {
    expect(['order', 'orders', 'sub_order', 'reorder', 'people'].map((name) => rank('ORDER', name))).toEqual([
      ranks.exact,
      ranks.prefix,
      ranks.wordStart,
      ranks.inside,
      ranks.none,
    ]);
  });

  it('wants every word, in any order, and is as good as the worst of them', () => {
    expect(rank('  ITEM ord', 'order_items')).toBe(ranks.wordStart);
    expect(rank('order customer', 'order_items')).toBe(ranks.none);
  });

  it('looks at the schema only when the word has a dot', () => {
    expect(rank('sales.ord', 'orders')).toBe(ranks.prefix);
    expect(rank('hr.ord', 'orders')).toBe(ranks.none);
    expect(rank('sales', 'orders')).toBe(ranks.none);
  });
});

describe('what is marked of a name', () => {
  it('is what matches, and every letter is kept', () => {
    expect(matchParts(filterWords('sales.ord items'), 'order_items')).toEqual([
      { text: 'ord', isMatch: true },
      { text: 'er_', isMatch: false },
      { text: 'items', isMatch: true },
    ]);
  });

  it('is the beginning of a word rather than the same letters before it', () => {
    expect(matchParts(filterWords('ord'), 'word_order').map(({ text }) => text)).toEqual([
      'word_',
      'ord',
      'er',
    ]);
  });

  it('is nothing rather than the wrong letters when lower case changes the length', () => {
    expect(matchParts(filterWords('x'), 'İx')).toEqual([{ text: 'İx', isMatch: false }]);
  });
});
