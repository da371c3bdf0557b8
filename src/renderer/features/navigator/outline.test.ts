import { describe, expect, it, vi } from 'vitest';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import { someNode } from '../../../../tests/support/someNode.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { emptyTree, type SourceTree } from '../schema/index.ts';
import { noArrangement } from './arrangement.ts';
import { databasesKey, groupKey, schemaKey, sourceKey } from './keys.ts';
import { createOutline, type OutlineInput } from './outline.ts';
import { schemaRows } from './schemaRows.ts';
import { outlineScope, type Toggles, withToggled } from './toggles.ts';

const ready: SourceState = { status: 'ready', since: 0 };

const treeOf = (tableCount: number): SourceTree => {
  const nodes = Array.from({ length: tableCount }, (_, index) => someNode('public', `table_${index}`));
  const names = {
    schemas: [{ name: 'public', comment: null, isSystem: false }],
    kinds: [{ kind: 'table' as const, actions: ['rows' as const] }],
    nodesOf: new Map([['public', nodes]]),
    isWhole: true,
  };
  return { ...emptyTree, names: { status: 'loaded', value: names } };
};

const opened = (...ids: string[]): Toggles =>
  ids.reduce<Toggles>(
    (toggles, id) =>
      withToggled(withToggled(toggles, outlineScope, sourceKey(id), true), id, schemaKey(id, 'public'), true),
    {},
  );

const input = (overrides: Partial<OutlineInput> = {}): OutlineInput => ({
  byName: ['a', 'b', 'c'],
  damaged: [],
  arrangement: noArrangement,
  states: {},
  trees: {},
  databases: {},
  toggles: {},
  showsSystem: new Set(),
  favourites: {},
  ...overrides,
});

/** Data sources `s0` to `s999`; the first one is connected and open, with 10,000 tables. */
const many = (): OutlineInput =>
  input({
    byName: Array.from({ length: 1_000 }, (_, index) => `s${index}`),
    states: { s0: ready },
    trees: { s0: treeOf(10_000) },
    toggles: opened('s0'),
  });

describe('the outline', () => {
  it('shows what is below a data source only while it is connected, and remembers that it was open', () => {
    const connected = input({ states: { a: ready }, trees: { a: treeOf(1) }, toggles: opened('a') });
    const typesOf = (of: OutlineInput) => createOutline()(of).map(({ type }) => type);
    expect(typesOf(connected)).toEqual(['source', 'schema', 'node', 'source', 'source']);
    expect(typesOf({ ...connected, states: {}, trees: {} })).toEqual(['source', 'source', 'source']);
  });

  it('keeps what was loaded in sight while the connection is interrupted', () => {
    const interrupted = input({
      states: { a: { status: 'open-circuit', until: 0, reason: someErrorDto('CONNECTION_LOST') } },
      trees: { a: treeOf(1) },
      toggles: opened('a'),
    });
    expect(createOutline()(interrupted)).toHaveLength(5);
  });

  it('shows the other databases of a server behind its own one, and why one of them cannot be opened', () => {
    const [archive, other] = ['archive', 'other'].map((name) => ({
      ...{ id: name, name, owner: null, encoding: null, comment: null, refusal: null },
    }));
    const databases = { a: [archive, other].filter((one) => one !== undefined) };
    const reason = someErrorDto('PERMISSION_DENIED');
    const toggles = [databasesKey('a'), sourceKey('archive'), sourceKey('other')].reduce<Toggles>(
      (before, key) => withToggled(before, outlineScope, key, true),
      opened('a', 'archive'),
    );
    const rows = createOutline()(
      input({
        byName: ['a'],
        states: { a: ready, archive: ready, other: { status: 'failed', since: 0, reason } },
        trees: { a: treeOf(1), archive: treeOf(1) },
        ...{ databases, toggles },
      }),
    );
    expect(rows.map(({ type, level }) => `${level} ${type}`)).toEqual([
      ...['1 source', '2 schema', '3 node', '2 databases', '3 database', '4 schema', '5 node'],
      ...['3 database', '4 note'],
    ]);
    expect(rows.at(-1)).toMatchObject({ sourceId: 'other', note: 'refused' });
  });

  it('puts favourites first and damaged data sources last', () => {
    const rows = createOutline()(
      input({
        arrangement: { ...noArrangement, favourites: ['c'] },
        damaged: [{ id: 'x', name: 'Old', problems: [] }],
      }),
    );
    const names = rows.map((row) => (row.type === 'heading' ? row.heading : row.key.split('\0')[1]));
    expect(names).toEqual(['favourites', 'c', 'a', 'b', 'damaged', 'x']);
    expect(rows[1]).toMatchObject({ level: 2, position: 1, setSize: 1, parentKey: rows[0]?.key });
  });
});

describe('the work of the outline, with 1,000 data sources and 10,000 tables in one', () => {
  it('makes no row of a table again when another data source changes', () => {
    const makeRows = vi.fn(schemaRows);
    const outline = createOutline(makeRows);
    const before = many();
    const rows = outline(before);
    expect(rows).toHaveLength(11_001);
    const states = { ...before.states, s7: { status: 'connecting', since: 0 } as const };
    const again = outline({ ...before, states });
    expect(makeRows).toHaveBeenCalledTimes(1);
    expect(again.filter((row, index) => row !== rows[index])).toEqual([]);
  });

  it('makes only the rows of the data source in which something is opened or closed', () => {
    const makeRows = vi.fn(schemaRows);
    const outline = createOutline(makeRows);
    const before = { ...many(), states: { s0: ready, s1: ready }, toggles: opened('s0', 's1') };
    outline({ ...before, trees: { ...before.trees, s1: treeOf(3) } });
    makeRows.mockClear();
    const trees = { ...before.trees, s1: treeOf(3) };
    outline({ ...before, trees });
    expect(makeRows.mock.calls.map(([{ sourceId }]) => sourceId)).toEqual(['s1']);
    outline({
      ...before,
      trees,
      toggles: withToggled(before.toggles, 's1', groupKey('s1', 'public', 'view'), true),
    });
    expect(makeRows.mock.calls.map(([{ sourceId }]) => sourceId)).toEqual(['s1', 's1']);
  });

  it('leaves the rows of 999 data sources as they are when one is opened', () => {
    const outline = createOutline();
    const before = many();
    const rows = new Set(outline({ ...before, toggles: {} }));
    const changed = outline(before).filter((row) => row.type === 'source' && !rows.has(row));
    expect(changed).toHaveLength(1);
  });
});
