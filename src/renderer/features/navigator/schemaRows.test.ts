import { describe, expect, it } from 'vitest';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import { someNode } from '../../../../tests/support/someNode.ts';
import {
  type NodeKind,
  type NodeTraits,
  nodeKindSchema,
  type RowCount,
  type SchemaName,
} from '../../../shared/model/schemaTree.ts';
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

const databaseKinds: ReadonlySet<NodeKind> = new Set([
  ...(['extension', 'foreign-server', 'publication', 'event-trigger'] as const),
]);

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
  favourites: [],
  toggled: new Map(),
  ...overrides,
});

const labelOf = (row: SchemaRow): string => {
  if (row.type === 'schema') return row.schema.name;
  if (row.type === 'group') return row.group;
  if (row.type === 'note') return `(${row.note})`;
  if (row.type === 'missing') return `${row.node.name}?`;
  return row.type === 'node' ? row.node.name : '*';
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

  it('keeps all that is open over a refresh, whatever ids the server gives and in whatever order', () => {
    const everything = nodeKindSchema.options.flatMap((kind) => {
      const isOfDatabase = databaseKinds.has(kind);
      const qualifiers = kind === 'function' ? ['integer', 'text'] : [undefined];
      return qualifiers.map((qualifier) =>
        someNode(isOfDatabase ? '' : 'sales', `some ${kind}`, {
          ...{ id: `${kind} ${qualifier}`, kind, parentId: kind === 'partition' ? 'table undefined' : null },
          ...(qualifier !== undefined && { qualifier }),
        }),
      );
    });
    const namesOf = (nodes: typeof everything): SchemaRowsInput['names'] =>
      loaded({
        nodesOf: new Map([
          ['sales', nodes.filter((node) => node.schema !== '')],
          ['', nodes.filter((node) => node.schema === '')],
        ]),
      });
    const anew = everything.map((node) => ({
      ...node,
      id: `new ${node.id}`,
      parentId: node.parentId === null ? null : `new ${node.parentId}`,
    }));
    // Opens all there is, level by level.
    const toggled = new Map<string, boolean>();
    const rowsOf = (names: SchemaRowsInput['names']) => schemaRows(input({ names, toggled }));
    for (let level = 0; level < 4; level += 1) {
      for (const { isExpanded, key } of rowsOf(namesOf(everything)))
        if (isExpanded === false) toggled.set(key, true);
    }
    const before = rowsOf(namesOf(everything));
    expect(before.filter(({ type }) => type === 'node')).toHaveLength(everything.length);
    expect(outline(rowsOf(namesOf(anew.reverse())))).toEqual(outline(before));
  });

  it('begins with the favourites, and says which are gone once all names are there', () => {
    const favourites = ['orders', 'dropped'].map(
      (name) => ({ schema: 'sales', name, kind: 'table' }) as const,
    );
    const shown = (isWhole: boolean) =>
      outline(schemaRows(input({ names: loaded({ isWhole }), favourites }))).slice(0, 3);
    expect(shown(false)).toEqual(['*', '  dropped', '  orders']);
    expect(shown(true)).toEqual(['*', '  dropped?', '  orders']);
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
