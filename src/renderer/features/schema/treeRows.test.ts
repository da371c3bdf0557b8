import { describe, expect, it } from 'vitest';
import type { RelationSummary, SchemaSummary } from '../../../shared/model/schemaTree.ts';
import type { Loadable } from '../../lib/loadable.ts';
import { parseFilter } from './relationFilter.ts';
import { groupKey, relationKey, schemaKey } from './treeKeys.ts';
import { countMatches, type TreeInput, type TreeRow, treeRows } from './treeRows.ts';

const schema = (name: string, isSystem = false): SchemaSummary => ({
  name,
  comment: null,
  isSystem,
  tableCount: 1,
  viewCount: 0,
});

const relation = (
  schemaName: string,
  name: string,
  extra: Partial<RelationSummary> = {},
): RelationSummary => ({
  schema: schemaName,
  name,
  kind: 'table',
  comment: null,
  columnCount: 3,
  rows: null,
  partitionOf: null,
  ...extra,
});

const salesRelations = [
  relation('sales', 'orders'),
  relation('sales', 'events', { kind: 'partitioned-table' }),
  relation('sales', 'events_2025', { kind: 'partition', partitionOf: 'events' }),
  relation('sales', 'recent_orders', { kind: 'view' }),
];

const input = (overrides: Partial<TreeInput> = {}): TreeInput => ({
  schemas: [schema('hr'), schema('pg_catalog', true), schema('sales')],
  relationsOf: new Map<string, Loadable<readonly RelationSummary[]>>([
    ['sales', { status: 'loaded', value: salesRelations }],
  ]),
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

  it('says of an open schema that it is loading, failed or empty', () => {
    const toggled = new Map([[schemaKey('hr'), true]]);
    const noteFor = (relations: Loadable<readonly RelationSummary[]>) =>
      outline(
        treeRows(input({ schemas: [schema('hr')], toggled, relationsOf: new Map([['hr', relations]]) })),
      )[1];
    expect(noteFor({ status: 'loading', previous: null })).toBe('  (loading)');
    expect(noteFor({ status: 'loaded', value: [] })).toBe('  (empty)');
    const error = { code: 'PERMISSION_DENIED' } as never;
    expect(noteFor({ status: 'failed', error, previous: null })).toBe('  (failed)');
  });

  it('keeps showing the relations of a schema while they are loaded again', () => {
    const relationsOf = new Map([['sales', { status: 'loading', previous: salesRelations } as const]]);
    const toggled = new Map([[schemaKey('sales'), true]]);
    expect(outline(treeRows(input({ relationsOf, toggled })))).toContain('    orders');
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
    expect(countMatches(input({ words }))).toBe(1);
  });

  it('never searches system schemas, even when they are shown', () => {
    const relationsOf = new Map([
      ['pg_catalog', { status: 'loaded', value: [relation('pg_catalog', 'pg_orders')] } as const],
    ]);
    expect(treeRows(input({ words: parseFilter('orders'), showsSystem: true, relationsOf }))).toEqual([]);
  });

  it('finds a schema by its own name', () => {
    expect(outline(treeRows(input({ words: parseFilter('sal') })))).toEqual(['sales']);
  });
});
