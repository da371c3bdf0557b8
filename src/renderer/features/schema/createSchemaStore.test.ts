import { describe, expect, it } from 'vitest';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import { someNode } from '../../../../tests/support/someNode.ts';
import type { CatalogueNode, NameBatch, NodeTraits, SchemaName } from '../../../shared/model/schemaTree.ts';
import { ApiError } from '../../lib/api.ts';
import { latestValue } from '../../lib/loadable.ts';
import { createSchemaStore } from './createSchemaStore.ts';
import type { SchemaApi } from './SchemaLoader.ts';
import { actionsOf, emptyTree, rowsOf } from './sourceTree.ts';

const schema = (name: string, isSystem = false): SchemaName => ({ name, comment: null, isSystem });
const kinds: NodeTraits[] = [{ kind: 'table', actions: ['structure', 'rows', 'count'] }];
const ofSchemas = (...schemas: SchemaName[]): NameBatch => ({ begin: { schemas, kinds }, nodes: [] });
const ofNodes = (...nodes: CatalogueNode[]): NameBatch => ({ begin: null, nodes });
const failure = new ApiError(someErrorDto('PERMISSION_DENIED'));

interface OpenStream {
  readonly send: (batch: NameBatch) => void;
  readonly end: () => void;
  readonly fail: (error: ApiError) => void;
  readonly signal: AbortSignal;
}

/** A server whose streams the test feeds by hand. */
class HandDrivenApi implements SchemaApi {
  readonly streams: OpenStream[] = [];

  readNames(_id: string, send: (batch: NameBatch) => void, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.streams.push({ send, end: () => resolve(true), fail: reject, signal });
      signal.addEventListener('abort', () => resolve(false));
    });
  }

  stream(index: number): OpenStream {
    const stream = this.streams[index];
    if (stream === undefined) throw new Error(`Stream ${index} was not opened`);
    return stream;
  }
}

const setUp = () => {
  const api = new HandDrivenApi();
  const store = createSchemaStore(api);
  const tree = () => store.getState().trees.a ?? emptyTree;
  const names = () => latestValue(tree().names);
  const shown = (name: string) => (names()?.nodesOf.get(name) ?? []).map((each) => each.name);
  return { api, store, actions: store.getState(), tree, names, shown };
};

/** A tree with these tables in the schema `sales`. */
const setUpLoaded = async (...tables: string[]) => {
  const scene = setUp();
  const opened = scene.actions.open('a');
  const stream = scene.api.stream(0);
  stream.send(ofSchemas(schema('sales'), schema('hr')));
  stream.send(ofNodes(...tables.map((name) => someNode('sales', name))));
  stream.end();
  await opened;
  return scene;
};

describe('createSchemaStore', () => {
  it('shows names as they come, and knows when they are whole', async () => {
    const { api, actions, names, shown } = setUp();
    const opened = actions.open('a');
    api.stream(0).send(ofSchemas(schema('sales')));
    expect(names()).toMatchObject({ schemas: [schema('sales')], isWhole: false });
    api.stream(0).send(ofNodes(someNode('sales', 'orders')));
    expect(shown('sales')).toEqual(['orders']);
    api.stream(0).end();
    await opened;
    expect(names()?.isWhole).toBe(true);
  });

  it('draws a long stream a few times, not at every batch', async () => {
    const { api, actions, store } = setUp();
    void actions.open('a');
    api.stream(0).send(ofSchemas(schema('sales')));
    let changeCount = 0;
    store.subscribe(() => {
      changeCount += 1;
    });
    for (let batch = 0; batch < 100; batch += 1) api.stream(0).send(ofNodes(someNode('sales', `t${batch}`)));
    expect(changeCount).toBeLessThan(10);
  });

  it('reads the names once, however often the tree is shown', async () => {
    const { api, actions } = await setUpLoaded('orders');
    await actions.open('a');
    expect(api.streams).toHaveLength(1);
  });

  it('keeps what is there while it loads again, and changes it in one step', async () => {
    const { api, actions, shown } = await setUpLoaded('orders');
    const refreshed = actions.refresh('a');
    api.stream(1).send(ofSchemas(schema('sales')));
    api.stream(1).send(ofNodes(someNode('sales', 'invoices')));
    expect(shown('sales')).toEqual(['orders']);
    api.stream(1).end();
    await refreshed;
    expect(shown('sales')).toEqual(['invoices']);
  });

  it('keeps what is there when loading again fails or is cancelled', async () => {
    const { api, actions, tree, shown } = await setUpLoaded('orders');
    const failed = actions.refresh('a');
    api.stream(1).fail(failure);
    await failed;
    expect(tree().names.status).toBe('failed');
    expect(shown('sales')).toEqual(['orders']);
    const cancelled = actions.refresh('a');
    actions.cancelLoad('a');
    await cancelled;
    expect(api.stream(2).signal.aborted).toBe(true);
    expect(tree().names.status).toBe('loaded');
    expect(shown('sales')).toEqual(['orders']);
  });

  it('takes a part of the names for nothing when the first load does not come to its end', async () => {
    const { api, actions, tree, names } = setUp();
    const opened = actions.open('a');
    api.stream(0).send(ofSchemas(schema('sales')));
    actions.cancelLoad('a');
    await opened;
    expect(names()).toBeNull();
    expect(tree()).toMatchObject({ names: { status: 'absent' }, isCancelled: true });
    const again = actions.open('a');
    api.stream(1).send(ofSchemas(schema('sales')));
    api.stream(1).fail(failure);
    await again;
    expect(tree()).toMatchObject({ names: { status: 'failed', previous: null }, isCancelled: false });
  });

  it('shows nothing of the old connection after a reconnect, even when an old name comes late', async () => {
    const { api, actions, tree, shown } = setUp();
    void actions.open('a');
    api.stream(0).send(ofSchemas(schema('sales')));
    actions.takeStatus('a', 'closing');
    api.stream(0).send(ofNodes(someNode('sales', 'old')));
    expect(tree().names.status).toBe('absent');
    const opened = actions.open('a');
    api.stream(1).send(ofSchemas(schema('sales')));
    api.stream(1).send(ofNodes(someNode('sales', 'new')));
    api.stream(0).end();
    api.stream(1).end();
    await opened;
    expect(shown('sales')).toEqual(['new']);
  });

  it('loads again what was loaded before an edit connected anew, and nothing after a reconnect', async () => {
    const { api, actions, shown } = await setUpLoaded('old');
    for (const status of ['reconnecting', 'ready'] as const) actions.takeStatus('a', status);
    expect(api.streams).toHaveLength(1);
    for (const status of ['connecting', 'ready'] as const) actions.takeStatus('a', status);
    expect(shown('sales')).toEqual(['old']);
    api.stream(1).send(ofSchemas(schema('sales')));
    api.stream(1).send(ofNodes(someNode('sales', 'new')));
    api.stream(1).end();
    await expect.poll(() => shown('sales')).toEqual(['new']);
  });

  it('loads nothing by itself when a data source connects for the first time', () => {
    const { api, actions } = setUp();
    for (const status of ['connecting', 'ready'] as const) actions.takeStatus('a', status);
    expect(api.streams).toHaveLength(0);
  });

  it('forgets data sources that were removed', () => {
    const { actions, store } = setUp();
    void actions.open('a');
    void actions.open('b');
    actions.retain(new Set(['b']));
    expect(Object.keys(store.getState().trees)).toEqual(['b']);
  });
});

describe('the rows of a table', () => {
  const orders = { schema: 'sales', name: 'orders', kind: 'table' } as const;

  it('are known once all of them were read, also when the names come later', async () => {
    const { api, actions, tree } = await setUpLoaded('orders');
    expect(rowsOf(tree(), orders)).toBeNull();
    const refreshed = actions.refresh('a');
    actions.noteRowsRead('a', orders, 0, true);
    api.stream(1).send(ofSchemas(schema('sales')));
    api.stream(1).send(ofNodes(someNode('sales', 'orders')));
    api.stream(1).end();
    await refreshed;
    expect(rowsOf(tree(), orders)).toEqual({ value: 0, accuracy: 'exact' });
  });

  it('are at least as many as were read, unless more are known', async () => {
    const { actions, tree } = await setUpLoaded('orders');
    actions.noteRowsRead('a', orders, 1_000, false);
    expect(rowsOf(tree(), orders)).toEqual({ value: 1_000, accuracy: 'at-least' });
    actions.setRowCount('a', orders, { value: 5_000, accuracy: 'exact' });
    actions.noteRowsRead('a', orders, 1_000, false);
    expect(rowsOf(tree(), orders)).toEqual({ value: 5_000, accuracy: 'exact' });
  });

  it('are estimated again after a refresh', async () => {
    const { actions, tree } = await setUpLoaded('orders');
    actions.setRowCount('a', orders, { value: 5_000, accuracy: 'exact' });
    void actions.refresh('a');
    expect(rowsOf(tree(), orders)).toBeNull();
  });
});

describe('what there is to show of a node', () => {
  const orders = { schema: 'sales', name: 'orders', kind: 'table' } as const;

  it('is what the catalogue says of its kind, also while the next connection is opened', async () => {
    const { actions, tree } = await setUpLoaded('orders');
    expect(actionsOf(tree(), orders)).toEqual(['structure', 'rows', 'count']);
    actions.takeStatus('a', 'closing');
    expect(actionsOf(tree(), orders)).toEqual(['structure', 'rows', 'count']);
  });

  it('is nothing for a kind that the catalogue does not have', async () => {
    const { tree } = await setUpLoaded('orders');
    expect(actionsOf(tree(), { ...orders, kind: 'trigger' })).toEqual([]);
  });
});
