import { describe, expect, it } from 'vitest';
import type { RelationName, RowCount, SchemaName } from '../../../shared/model/schemaTree.ts';
import { parseFilter } from './relationFilter.ts';
import { groupKey, relationKey, schemaKey } from './treeKeys.ts';
import { countMatches, type TreeInput, type TreeRow, treeRows } from './treeRows.ts';

const schema = (name: string, isSystem = false): SchemaName => ({ name, comment: null, isSystem });

const relation = (schemaName: string, name: string, extra: Partial<RelationName> = {}): RelationName => ({
  id: `${schemaName}.${name}`,
  schema: schemaName,
  name,
  kind: 'table',
  comment: null,
  rows: null,
  parentId: null,
  ...extra,
});

const salesRelations = [
  relation('sales', 'orders'),
  relation('sales', 'events', { kind: 'partitioned-table' }),
  relation('sales', 'events_2025', { kind: 'partition', parentId: 'sales.events' }),
  relation('sales', 'recent_orders', { kind: 'view' }),
];

const schemas = [schema('hr'), schema('pg_catalog', true), schema('sales')];
const relationsOf = new Map([['sales', salesRelations]]);

const input = (overrides: Partial<TreeInput> = {}): TreeInput => ({
  names: { schemas, relationsOf, isWhole: true },
  counted: new Map(),
  showsSystem: false,
  words: [],
  toggled: new Map(),
  ...overrides,
});

const labelOf = (row: TreeRow): string => {
  if (row.type === 'schema') return row.schema.name;
  if (row.type === 'group') return row.group;
  return row.type === 'relation' ? row.relation.name : `(${row.note})`;
};
const outline = (rows: readonly TreeRow[]): string[] =>
  rows.map((row) => `${'  '.repeat(row.level - 1)}${labelOf(row)}`);

describe('treeRows', () => {
  it('begins with closed schemas and hides those of the system', () => {
    expect(outline(treeRows(input()))).toEqual(['hr', 'sales']);
    expect(outline(treeRows(input({ showsSystem: true })))).toEqual(['hr', 'pg_catalog', 'sales']);
  });

  it('opens a schema into its groups, and a partitioned table into its partitions', () => {
    const toggled = new Map([
      [schemaKey('sales'), true],
      [relationKey({ schema: 'sales', name: 'events' }), true],
    ]);
    expect(outline(treeRows(input({ toggled })))).toEqual([
      'hr',
      'sales',
      '  tables',
      '    events',
      '      events_2025',
      '    orders',
      '  views',
      '    recent_orders',
    ]);
    toggled.set(groupKey('sales', 'tables'), false);
    expect(outline(treeRows(input({ toggled })))).toEqual([
      'hr',
      'sales',
      '  tables',
      '  views',
      '    recent_orders',
    ]);
  });

  it('says of an open schema without relations that it is empty, or that names are still coming', () => {
    const toggled = new Map([[schemaKey('hr'), true]]);
    const noteWhile = (isWhole: boolean) =>
      outline(treeRows(input({ names: { schemas, relationsOf, isWhole }, toggled })))[1];
    expect(noteWhile(false)).toBe('  (loading)');
    expect(noteWhile(true)).toBe('  (empty)');
  });

  it('gives a schema the figure that its list has, once all names are there', () => {
    const figures = (isWhole: boolean) =>
      treeRows(input({ names: { schemas, relationsOf, isWhole } })).map(
        (row) => row.type === 'schema' && row.count,
      );
    expect(figures(true)).toEqual([0, 3]);
    expect(figures(false)).toEqual([null, null]);
  });

  it('shows what was counted in the place of an estimate', () => {
    const counted = new Map<string, RowCount>([
      [relationKey({ schema: 'sales', name: 'orders' }), { value: 7, accuracy: 'exact' }],
    ]);
    const rows = treeRows(input({ counted, words: parseFilter('orders') }));
    expect(rows.find((row) => row.type === 'relation')).toMatchObject({
      rows: { value: 7, accuracy: 'exact' },
    });
  });

  it('tells assistive technology the place of each row among its siblings', () => {
    const rows = treeRows(input({ toggled: new Map([[schemaKey('sales'), true]]) }));
    const orders = rows.find((row) => row.key === relationKey({ schema: 'sales', name: 'orders' }));
    expect(orders).toMatchObject({ level: 3, position: 2, setSize: 2, isExpanded: null });
    expect(orders?.parentKey).toBe(groupKey('sales', 'tables'));
  });

  it('shows only matches while filtering, open, with the table above a matching partition', () => {
    const words = parseFilter('2025');
    expect(outline(treeRows(input({ words })))).toEqual(['sales', '  events', '    events_2025']);
    expect(countMatches(input({ words }))).toEqual({ relationCount: 1, schemaCount: 0 });
  });

  it('never searches system schemas, even when they are shown', () => {
    const names = {
      schemas,
      relationsOf: new Map([['pg_catalog', [relation('pg_catalog', 'pg_orders')]]]),
      isWhole: true,
    };
    expect(treeRows(input({ words: parseFilter('orders'), showsSystem: true, names }))).toEqual([]);
  });

  it('finds a table of the same name in each of 1,500 schemas', () => {
    const many = Array.from({ length: 1_500 }, (_, index) => schema(`tenant_${index}`));
    const names = {
      schemas: many,
      relationsOf: new Map(many.map(({ name }) => [name, [relation(name, 'orders')]])),
      isWhole: true,
    };
    const words = parseFilter('orders');
    expect(countMatches(input({ names, words }))).toEqual({ relationCount: 1_500, schemaCount: 0 });
    expect(treeRows(input({ names, words }))).toHaveLength(3_000);
  });

  it('finds a schema by its own name', () => {
    const words = parseFilter('sal');
    expect(outline(treeRows(input({ words })))).toEqual(['sales']);
    expect(countMatches(input({ words }))).toEqual({ relationCount: 0, schemaCount: 1 });
  });
});
