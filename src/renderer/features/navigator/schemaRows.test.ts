import { describe, expect, it } from 'vitest';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import { someNode } from '../../../../tests/support/someNode.ts';
import type { NodeTraits, RowCount, SchemaName } from '../../../shared/model/schemaTree.ts';
import { type Names, nodeKey } from '../schema/index.ts';
import { groupKey, nodeRowKey, schemaKey } from './keys.ts';
import type { SchemaRow } from './rows.ts';
import { type SchemaRowsInput, schemaRows } from './schemaRows.ts';

const schema = (name: string, isSystem = false): SchemaName => ({ name, comment: null, isSystem });

const kinds: NodeTraits[] = [
  { kind: 'table', actions: ['structure', 'rows'] },
  { kind: 'view', actions: ['structure', 'rows'] },
  { kind: 'trigger', actions: ['definition'] },
];

const salesNodes = [
  someNode('sales', 'orders'),
  someNode('sales', 'events', { kind: 'partitioned-table' }),
  someNode('sales', 'events_2025', { kind: 'partition', parentId: 'sales.events' }),
  someNode('sales', 'recent_orders', { kind: 'view' }),
];

const schemas = [schema('hr'), schema('pg_catalog', true), schema('sales')];
const nodesOf = new Map([['sales', salesNodes]]);

const id = 'a source';
const loaded = (names: Partial<Names> = {}): SchemaRowsInput['names'] => ({
  status: 'loaded',
  value: { schemas, kinds, nodesOf, isWhole: true, ...names },
});

const input = (overrides: Partial<SchemaRowsInput> = {}): SchemaRowsInput => ({
  sourceId: id,
  level: 1,
  parentKey: 'its row',
  names: loaded(),
  isCancelled: false,
  counted: new Map(),
  showsSystem: false,
  toggled: new Map(),
  ...overrides,
});

const labelOf = (row: SchemaRow): string => {
  if (row.type === 'schema') return row.schema.name;
  if (row.type === 'group') return row.group;
  return row.type === 'node' ? row.node.name : `(${row.note})`;
};
const outline = (rows: readonly SchemaRow[]): string[] =>
  rows.map((row) => `${'  '.repeat(row.level - 1)}${labelOf(row)}`);

describe('the rows below a data source', () => {
  it('begins with closed schemas and hides those of the system', () => {
    expect(outline(schemaRows(input()))).toEqual(['hr', 'sales']);
    expect(outline(schemaRows(input({ showsSystem: true })))).toEqual(['hr', 'pg_catalog', 'sales']);
  });

  it('shows what belongs to no schema below the schemas, in closed groups', () => {
    const extensions = [someNode('', 'hstore', { kind: 'extension' })];
    const names = loaded({ nodesOf: new Map([...nodesOf, ['', extensions]]) });
    expect(outline(schemaRows(input({ names })))).toEqual(['hr', 'sales', 'extension']);
    const toggled = new Map([[groupKey(id, '', 'extension'), true]]);
    expect(outline(schemaRows(input({ names, toggled }))).at(-1)).toBe('  hstore');
  });

  it('has a row for each routine of one name', () => {
    const twice = ['integer', 'text'].map((qualifier) =>
      someNode('sales', 'twice', { id: qualifier, kind: 'function', qualifier }),
    );
    const rows = schemaRows(
      input({
        names: loaded({ nodesOf: new Map([['sales', twice]]) }),
        toggled: new Map([[schemaKey(id, 'sales'), true]]),
      }),
    );
    expect(new Set(rows.filter(({ type }) => type === 'node').map(({ key }) => key)).size).toBe(2);
  });

  it('opens a schema into its groups, and a partitioned table into its partitions', () => {
    const toggled = new Map([
      [schemaKey(id, 'sales'), true],
      [nodeRowKey(id, { schema: 'sales', name: 'events', kind: 'partitioned-table' }), true],
    ]);
    expect(outline(schemaRows(input({ toggled })))).toEqual([
      'hr',
      'sales',
      '  table',
      '    events',
      '      events_2025',
      '    orders',
      '  view',
      '    recent_orders',
    ]);
    toggled.set(groupKey(id, 'sales', 'table'), false);
    expect(outline(schemaRows(input({ toggled })))).toEqual([
      'hr',
      'sales',
      '  table',
      '  view',
      '    recent_orders',
    ]);
  });

  it('keeps nodes without rows in a group that is closed at first', () => {
    const nodes = [...salesNodes, someNode('sales', 'orders', { id: 't', kind: 'trigger' })];
    const names = loaded({ nodesOf: new Map([['sales', nodes]]) });
    const toggled = new Map([[schemaKey(id, 'sales'), true]]);
    expect(outline(schemaRows(input({ names, toggled })))).toEqual([
      'hr',
      'sales',
      '  table',
      '    events',
      '    orders',
      '  view',
      '    recent_orders',
      '  trigger',
    ]);
    toggled.set(groupKey(id, 'sales', 'trigger'), true);
    const keys = schemaRows(input({ names, toggled })).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('says of an open schema without nodes that it is empty, or that names are still coming', () => {
    const toggled = new Map([[schemaKey(id, 'hr'), true]]);
    const noteWhile = (isWhole: boolean) =>
      outline(schemaRows(input({ names: loaded({ isWhole }), toggled })))[1];
    expect(noteWhile(false)).toBe('  (loading)');
    expect(noteWhile(true)).toBe('  (empty)');
  });

  it('gives a schema the figure that its list has, once all names are there', () => {
    const figures = (isWhole: boolean) =>
      schemaRows(input({ names: loaded({ isWhole }) })).map((row) => row.type === 'schema' && row.count);
    expect(figures(true)).toEqual([0, 3]);
    expect(figures(false)).toEqual([null, null]);
  });

  it('shows what was counted in the place of an estimate', () => {
    const counted = new Map<string, RowCount>([
      [nodeKey({ schema: 'sales', name: 'orders', kind: 'table' }), { value: 7, accuracy: 'exact' }],
    ]);
    const rows = schemaRows(input({ counted, toggled: new Map([[schemaKey(id, 'sales'), true]]) }));
    expect(rows.find((row) => row.type === 'node' && row.node.name === 'orders')).toMatchObject({
      rows: { value: 7, accuracy: 'exact' },
    });
  });

  it('tells assistive technology the place of each row among its siblings', () => {
    const rows = schemaRows(input({ toggled: new Map([[schemaKey(id, 'sales'), true]]) }));
    const orders = rows.find(
      (row) => row.key === nodeRowKey(id, { schema: 'sales', name: 'orders', kind: 'table' }),
    );
    expect(orders).toMatchObject({ level: 3, position: 2, setSize: 2, isExpanded: null });
    expect(orders?.parentKey).toBe(groupKey(id, 'sales', 'table'));
  });

  it('says why there are no names', () => {
    const failed = { status: 'failed', error: someErrorDto('PERMISSION_DENIED'), previous: null } as const;
    expect(outline(schemaRows(input({ names: failed })))).toEqual(['(failed)']);
    expect(outline(schemaRows(input({ names: { status: 'absent' } })))).toEqual(['(loading)']);
    expect(outline(schemaRows(input({ names: { status: 'absent' }, isCancelled: true })))).toEqual([
      '(cancelled)',
    ]);
    const onlySystem = loaded({ schemas: [schema('pg_catalog', true)] });
    expect(outline(schemaRows(input({ names: onlySystem })))).toEqual(['(no-schemas)']);
  });

  it('keeps the names that it has when they could not be read again, and says so above them', () => {
    const names = loaded();
    const previous = names.status === 'loaded' ? names.value : null;
    const failed = { status: 'failed', error: someErrorDto('PERMISSION_DENIED'), previous } as const;
    expect(outline(schemaRows(input({ names: failed })))).toEqual(['(failed)', 'hr', 'sales']);
  });
});
