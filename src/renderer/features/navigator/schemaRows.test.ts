import { describe, expect, it } from 'vitest';
import type { CatalogueNode, NodeTraits, RowCount, SchemaName } from '../../../shared/model/schemaTree.ts';
import { parseFilter } from './nodeFilter.ts';
import { groupKey, nodeKey, schemaKey } from './treeKeys.ts';
import { countMatches, type TreeInput, type TreeRow, treeRows } from './treeRows.ts';

const schema = (name: string, isSystem = false): SchemaName => ({ name, comment: null, isSystem });

const node = (schemaName: string, name: string, extra: Partial<CatalogueNode> = {}): CatalogueNode => ({
  id: `${schemaName}.${name}`,
  schema: schemaName,
  name,
  kind: 'table',
  comment: null,
  rows: null,
  parentId: null,
  ...extra,
});

const kinds: NodeTraits[] = [
  { kind: 'table', actions: ['structure', 'rows'] },
  { kind: 'view', actions: ['structure', 'rows'] },
  { kind: 'trigger', actions: ['definition'] },
];

const salesNodes = [
  node('sales', 'orders'),
  node('sales', 'events', { kind: 'partitioned-table' }),
  node('sales', 'events_2025', { kind: 'partition', parentId: 'sales.events' }),
  node('sales', 'recent_orders', { kind: 'view' }),
];

const schemas = [schema('hr'), schema('pg_catalog', true), schema('sales')];
const nodesOf = new Map([['sales', salesNodes]]);

const input = (overrides: Partial<TreeInput> = {}): TreeInput => ({
  names: { schemas, kinds, nodesOf, isWhole: true },
  counted: new Map(),
  showsSystem: false,
  words: [],
  toggled: new Map(),
  ...overrides,
});

const labelOf = (row: TreeRow): string => {
  if (row.type === 'schema') return row.schema.name;
  if (row.type === 'group') return row.group;
  return row.type === 'node' ? row.node.name : `(${row.note})`;
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
      [nodeKey({ schema: 'sales', name: 'events', kind: 'partitioned-table' }), true],
    ]);
    expect(outline(treeRows(input({ toggled })))).toEqual([
      'hr',
      'sales',
      '  table',
      '    events',
      '      events_2025',
      '    orders',
      '  view',
      '    recent_orders',
    ]);
    toggled.set(groupKey('sales', 'table'), false);
    expect(outline(treeRows(input({ toggled })))).toEqual([
      'hr',
      'sales',
      '  table',
      '  view',
      '    recent_orders',
    ]);
  });

  it('keeps nodes without rows in a group that is closed at first', () => {
    const nodes = [...salesNodes, node('sales', 'orders', { id: 't', kind: 'trigger' })];
    const names = { schemas, kinds, nodesOf: new Map([['sales', nodes]]), isWhole: true };
    const toggled = new Map([[schemaKey('sales'), true]]);
    expect(outline(treeRows(input({ names, toggled })))).toEqual([
      'hr',
      'sales',
      '  table',
      '    events',
      '    orders',
      '  view',
      '    recent_orders',
      '  trigger',
    ]);
    toggled.set(groupKey('sales', 'trigger'), true);
    const keys = treeRows(input({ names, toggled })).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('says of an open schema without nodes that it is empty, or that names are still coming', () => {
    const toggled = new Map([[schemaKey('hr'), true]]);
    const noteWhile = (isWhole: boolean) =>
      outline(treeRows(input({ names: { schemas, kinds, nodesOf, isWhole }, toggled })))[1];
    expect(noteWhile(false)).toBe('  (loading)');
    expect(noteWhile(true)).toBe('  (empty)');
  });

  it('gives a schema the figure that its list has, once all names are there', () => {
    const figures = (isWhole: boolean) =>
      treeRows(input({ names: { schemas, kinds, nodesOf, isWhole } })).map(
        (row) => row.type === 'schema' && row.count,
      );
    expect(figures(true)).toEqual([0, 3]);
    expect(figures(false)).toEqual([null, null]);
  });

  it('shows what was counted in the place of an estimate', () => {
    const counted = new Map<string, RowCount>([
      [nodeKey({ schema: 'sales', name: 'orders', kind: 'table' }), { value: 7, accuracy: 'exact' }],
    ]);
    const rows = treeRows(input({ counted, words: parseFilter('orders') }));
    expect(rows.find((row) => row.type === 'node')).toMatchObject({
      rows: { value: 7, accuracy: 'exact' },
    });
  });

  it('tells assistive technology the place of each row among its siblings', () => {
    const rows = treeRows(input({ toggled: new Map([[schemaKey('sales'), true]]) }));
    const orders = rows.find(
      (row) => row.key === nodeKey({ schema: 'sales', name: 'orders', kind: 'table' }),
    );
    expect(orders).toMatchObject({ level: 3, position: 2, setSize: 2, isExpanded: null });
    expect(orders?.parentKey).toBe(groupKey('sales', 'table'));
  });

  it('shows only matches while filtering, open, with the table above a matching partition', () => {
    const words = parseFilter('2025');
    expect(outline(treeRows(input({ words })))).toEqual(['sales', '  events', '    events_2025']);
    expect(countMatches(input({ words }))).toEqual({ nodeCount: 1, schemaCount: 0 });
  });

  it('never searches system schemas, even when they are shown', () => {
    const names = {
      schemas,
      kinds,
      nodesOf: new Map([['pg_catalog', [node('pg_catalog', 'pg_orders')]]]),
      isWhole: true,
    };
    expect(treeRows(input({ words: parseFilter('orders'), showsSystem: true, names }))).toEqual([]);
  });

  it('finds a table of the same name in each of 1,500 schemas', () => {
    const many = Array.from({ length: 1_500 }, (_, index) => schema(`tenant_${index}`));
    const names = {
      schemas: many,
      kinds,
      nodesOf: new Map(many.map(({ name }) => [name, [node(name, 'orders')]])),
      isWhole: true,
    };
    const words = parseFilter('orders');
    expect(countMatches(input({ names, words }))).toEqual({ nodeCount: 1_500, schemaCount: 0 });
    expect(treeRows(input({ names, words }))).toHaveLength(3_000);
  });

  it('finds a schema by its own name', () => {
    const words = parseFilter('sal');
    expect(outline(treeRows(input({ words })))).toEqual(['sales']);
    expect(countMatches(input({ words }))).toEqual({ nodeCount: 0, schemaCount: 1 });
  });
});
