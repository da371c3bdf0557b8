import { describe, expect, it } from 'vitest';
import { someDataSource } from '../../../../tests/support/dataSources.ts';
import { someNode } from '../../../../tests/support/someNode.ts';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import type { CatalogueNode } from '../../../shared/model/schemaTree.ts';
import { filterWords } from '../../lib/textRank.ts';
import { emptyTree, type SourceTree } from '../schema/index.ts';
import { noArrangement } from './arrangement.ts';
import { schemaKey, sourceKey } from './keys.ts';
import type { NavigatorRow } from './rows.ts';
import { createSearch, type SearchInput } from './search.ts';
import { outlineScope, withToggled } from './toggles.ts';

const summary = (id: string, name: string): DataSourceSummary => ({
  dataSource: someDataSource({ id, name, host: 'db.invalid', database: 'x', user: 'y' }),
  secrets: {},
  integrity: 'intact',
});

const treeOf = (...nodes: CatalogueNode[]): SourceTree => {
  const schemas = [...new Set(nodes.map(({ schema }) => schema))];
  const value = {
    schemas: schemas.map((name) => ({ name, comment: null, isSystem: name.startsWith('pg_') })),
    kinds: [{ kind: 'table' as const, actions: ['rows' as const] }],
    nodesOf: new Map(schemas.map((name) => [name, nodes.filter(({ schema }) => schema === name)])),
    isWhole: true,
  };
  return { ...emptyTree, names: { status: 'loaded', value } };
};

const shopTree = treeOf(
  someNode('sales', 'reorders'),
  someNode('sales', 'orders'),
  someNode('sales', 'order_items'),
  someNode('sales', 'old_orders'),
  someNode('sales', 'orders_2025', { kind: 'partition', parentId: 'sales.orders' }),
  someNode('orders_archive', 'people'),
  someNode('pg_catalog', 'pg_orders'),
);

const input = (filter: string, overrides: Partial<SearchInput> = {}): SearchInput => ({
  byName: ['1', '2', '3'],
  byId: { 1: summary('1', 'Ledger'), 2: summary('2', 'Shop'), 3: summary('3', 'Orders') },
  damaged: [{ id: 'x', name: 'Old orders', problems: [] }],
  arrangement: noArrangement,
  states: { 2: { status: 'ready', since: 0 } },
  trees: { 2: shopTree },
  databases: {},
  toggles: {},
  showsSystem: new Set(),
  favourites: {},
  words: filterWords(filter),
  ...overrides,
});

const nameOf = (row: NavigatorRow): string => {
  if (row.type === 'source') return row.sourceId;
  if (row.type === 'node') return `  ${row.node.name}`;
  return row.type === 'schema' ? `  ${row.schema.name}` : row.type;
};
const find = (filter: string, overrides?: Partial<SearchInput>) => {
  const { rows, ...counts } = createSearch()(input(filter, overrides));
  return { names: rows.map(nameOf), rows, ...counts };
};

describe('the search of the navigator', () => {
  it('finds data sources and what is in the connected ones, each by how well it fits', () => {
    expect(find('orders')).toMatchObject({
      names: [
        '3',
        '2',
        '  orders',
        '  orders_2025',
        '  orders_archive',
        '  old_orders',
        '  reorders',
        'damaged',
      ],
      sourceCount: 3,
      nodeCount: 5,
    });
  });

  it('puts a data source with a better name first', () => {
    expect(find('ord').names.filter((name) => !name.startsWith(' '))).toEqual(['3', '2', 'damaged']);
    expect(find('shop').names).toEqual(['2']);
    expect(find('led').names).toEqual(['1']);
  });

  it('opens a found schema into everything that is in it', () => {
    const toggles = withToggled({}, '2', schemaKey('2', 'orders_archive'), true);
    const { names, rows } = find('archive', { toggles });
    expect(names).toEqual(['2', '  orders_archive', '  people']);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });

  it('lets a data source be closed over what was found in it, or opened over all that it has', () => {
    const toggled = (isExpanded: boolean) => withToggled({}, outlineScope, sourceKey('2'), isExpanded);
    expect(find('items', { toggles: toggled(false) }).names).toEqual(['2']);
    expect(find('shop', { toggles: toggled(true) }).names).toEqual(['2', '  sales', '  orders_archive']);
  });

  it('finds data sources by the folder that they are in, and says which it is', () => {
    const arrangement = {
      ...noArrangement,
      folders: [{ id: 'f', name: 'Clients', isExpanded: false }],
      folderOf: { 1: 'f' },
    };
    expect(find('clients', { arrangement }).rows).toMatchObject([{ sourceId: '1', folder: 'Clients' }]);
  });

  it('finds nothing in system schemas, nor where a word is missing', () => {
    expect(find('pg_orders')).toMatchObject({ names: [], nodeCount: 0 });
    expect(find('orders nothing').names).toEqual([]);
  });

  it('searches a data source again only when its names or the words are others', () => {
    const search = createSearch();
    const before = input('orders');
    const first = search(before);
    const states = { ...before.states, 1: { status: 'connecting', since: 0 } as const };
    const second = search({ ...before, states });
    expect(second.rows.every((row, index) => row === first.rows[index])).toBe(true);
  });
});
