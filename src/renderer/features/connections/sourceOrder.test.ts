import { describe, expect, it } from 'vitest';
import { type DataSourceOverrides, edited, someDataSource } from '../../../../tests/support/dataSources.ts';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import { filterWords, ranks } from '../../lib/textRank.ts';
import { compareDamaged, matchesFilter, rankOfDamaged, rankOfSource } from './sourceOrder.ts';

const shop: DataSourceSummary = {
  dataSource: someDataSource({
    name: 'Zürich Shop',
    host: 'db.example.com',
    port: 6543,
    database: 'orders',
    user: 'ada',
    environment: 'production',
  }),
  secrets: {},
  integrity: 'intact',
};

describe('the filter of the list', () => {
  it.each(['shop', 'ZÜRICH', 'example.com:6543', 'orders', 'ada', 'prod', 'shop prod', 'prod   shop'])(
    'finds a data source by %j',
    (filter) => expect(matchesFilter(shop, filter)).toBe(true),
  );

  it('wants every word to be found', () => {
    expect(matchesFilter(shop, 'shop staging')).toBe(false);
  });

  it('finds it by the folder that it is shown in', () => {
    expect(rankOfSource(shop, filterWords('clients'), 'Clients')).toBe(ranks.elsewhere);
    expect(rankOfSource(shop, filterWords('clients'))).toBe(ranks.none);
  });
});

const source = (name: string, changes: DataSourceOverrides = {}): DataSourceSummary => ({
  ...shop,
  dataSource: edited(shop.dataSource, { name, environment: 'none', ...changes }),
});

describe('what is not shown', () => {
  it.each(['none', 'non'])('is not found: %j is no environment', (filter) => {
    expect(matchesFilter(source('Shop'), filter)).toBe(false);
    expect(matchesFilter(source('Nonesuch'), filter)).toBe(true);
  });
});

describe('the order of what the filter finds', () => {
  const found = (sources: DataSourceSummary[], filter: string) => {
    const rank = (summary: DataSourceSummary) => rankOfSource(summary, filterWords(filter));
    return sources
      .filter((summary) => rank(summary) < ranks.none)
      .sort((left, right) => rank(left) - rank(right))
      .map(({ dataSource }) => dataSource.name);
  };

  it('is exact name, beginning, beginning of a word, inside, and then address and user', () => {
    const sources = [
      source('eShop'),
      source('Archive', { database: 'shop' }),
      source('Old Shop'),
      source('new-shop'),
      source('Shop 2'),
      source('SHOP'),
      source('Ledger'),
    ];
    expect(found(sources, ' shop ')).toEqual(['SHOP', 'Shop 2', 'Old Shop', 'new-shop', 'eShop', 'Archive']);
  });

  it('is that of the worst word where the words do not stand together', () => {
    const sources = [
      source('Shop', { environment: 'production' }),
      source('Products of the shop'),
      source('Shop of production'),
    ];
    expect(found(sources, 'shop prod')).toEqual(['Products of the shop', 'Shop of production', 'Shop']);
  });
});

describe('those that cannot be read', () => {
  const named = (name: string | null, id: string) => ({ id, name, problems: [] });

  it('stand in the order of their names, without a name last', () => {
    const sorted = [named(null, 'x'), named('db 10', 'a'), named('db 2', 'b')].sort(compareDamaged);
    expect(sorted.map(({ id }) => id)).toEqual(['b', 'a', 'x']);
  });

  it('are found by what is left of their name, or by their id', () => {
    const isFound = (name: string | null, filter: string) =>
      rankOfDamaged(named(name, 'a1'), filterWords(filter)) < ranks.none;
    expect(isFound('Old Shop', 'shop')).toBe(true);
    expect(isFound(null, 'A1')).toBe(true);
    expect(isFound(null, 'shop')).toBe(false);
  });
});
