import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { someDataSource } from '../../../../tests/support/dataSources.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import { someNode } from '../../../../tests/support/someNode.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { emptyTree, type Names, type SourceTree } from '../schema/index.ts';
import { followConnections, schemaToOpen } from './followConnections.ts';

const names = (filled: Record<string, number>, isWhole = true): Names => ({
  schemas: Object.keys(filled).map((name) => ({ name, comment: null, isSystem: name.startsWith('pg_') })),
  kinds: [],
  nodesOf: new Map(
    Object.entries(filled).map(([schema, count]) => [
      schema,
      Array.from({ length: count }, (_, index) => someNode(schema, `t${index}`)),
    ]),
  ),
  isWhole,
});

describe('the schema that opens by itself', () => {
  it('is the only one, whatever is in it', () => {
    expect(schemaToOpen(names({ app: 0, pg_catalog: 9 }, false), 'public')).toBe('app');
  });

  it('is the one that unqualified names belong to, once something of it has come', () => {
    expect(schemaToOpen(names({ app: 3, public: 0 }, false), 'public')).toBeNull();
    expect(schemaToOpen(names({ app: 3, public: 1 }, false), 'public')).toBe('public');
  });

  it('is the first that has anything in it where that one is empty or missing', () => {
    expect(schemaToOpen(names({ hr: 0, sales: 2, public: 0 }), 'public')).toBe('sales');
    expect(schemaToOpen(names({ hr: 0, sales: 2 }), null)).toBe('sales');
    expect(schemaToOpen(names({ hr: 0, public: 0 }), 'public')).toBe('public');
  });

  it('is none with routines only, as extensions leave them, while another one has tables', () => {
    const { nodesOf, ...rest } = names({ hr: 2, public: 0 });
    const routines = [someNode('public', 'handler', { kind: 'function' })];
    const withRoutines = { ...rest, nodesOf: new Map([...nodesOf, ['public', routines] as const]) };
    expect(schemaToOpen(withRoutines, 'public')).toBe('hr');
  });
});

const idle: SourceState = { status: 'idle' };
const ready: SourceState = { status: 'ready', since: 0 };
const connecting: SourceState = { status: 'connecting', since: 0 };
const interrupted: SourceState = {
  status: 'open-circuit',
  until: 0,
  reason: someErrorDto('CONNECTION_LOST'),
};

function setUp() {
  const summary = { dataSource: someDataSource(), secrets: {}, integrity: 'intact' as const };
  const connections = createStore(() => ({
    byId: { a: summary },
    states: { a: idle } as Record<string, SourceState>,
  }));
  const read: string[] = [];
  const listed: string[] = [];
  const schemas = createStore(() => ({
    trees: {} as Record<string, SourceTree>,
    open: async (id: string) => void read.push(id),
  }));
  const expanded: string[] = [];
  const follow = () =>
    followConnections({
      connections,
      schemas,
      databases: createStore(() => ({
        load: async (id: string) => void listed.push(id),
        drop: (id: string) => void listed.splice(listed.indexOf(id), 1),
      })),
      hasDatabases: () => true,
      expand: (_scope, key) => expanded.push(key.replaceAll('\0', ' ')),
      isTouched: () => expanded.some((key) => key.startsWith('a ')),
    });
  const stop = follow();
  const go = (state: SourceState) => connections.setState({ states: { a: state } });
  const load = (value: Names) =>
    schemas.setState({ trees: { a: { ...emptyTree, names: { status: 'loaded', value } } } });
  return { expanded, read, listed, go, load, stop, follow };
}

describe('a data source that has been connected', () => {
  it('opens, reads its names, and opens its schema, once', () => {
    const { expanded, read, go, load } = setUp();
    go(connecting);
    expect(expanded).toEqual([]);
    go(ready);
    expect(expanded).toEqual(['source a']);
    expect(read).toEqual(['a']);
    load(names({ app: 1, public: 1 }));
    load(names({ app: 2, public: 2 }));
    expect(expanded).toEqual(['source a', 'a schema public']);
  });

  it('has the other databases of its server listed for as long as it is connected', () => {
    const { listed, go } = setUp();
    go(ready);
    expect(listed).toEqual(['a']);
    go(idle);
    expect(listed).toEqual([]);
  });

  it('stays as somebody has left it while the app was locked', () => {
    const { expanded, go, load, stop, follow } = setUp();
    go(ready);
    load(names({ public: 1 }));
    stop();
    follow();
    expect(expanded).toEqual(['source a', 'a schema public']);
  });

  it('stays as somebody has arranged it when the connection comes back', () => {
    const { expanded, go } = setUp();
    go(ready);
    go(interrupted);
    go(ready);
    expect(expanded).toEqual(['source a']);
  });
});
