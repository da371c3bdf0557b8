import { describe, expect, it, vi } from 'vitest';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import { createObjectsStore, favouritesOf, isFavourite } from './createObjectsStore.ts';

const sourceId = '7d0d1b9e-6c1f-4b8e-9d53-0a4f0f5f2f11';
const nodeOf = (name: string): NodeRef => ({ schema: 'sales', name, kind: 'table' });

function storeUnderTest(kept = { favourites: [], recent: [] } as unknown) {
  const answers = vi.fn(async (name: string) => (name === 'objects.list' ? kept : null));
  const reportError = vi.fn();
  const store = createObjectsStore({ call: answers as never, reportError });
  return { answers, reportError, store };
}

describe('favourites of the window', () => {
  it('are shown at once, and again as main has them when they could not be kept', async () => {
    const { answers, reportError, store } = storeUnderTest();
    await store.getState().setFavourite(sourceId, nodeOf('orders'), true);
    expect(isFavourite(store.getState(), sourceId, nodeOf('orders'))).toBe(true);
    answers.mockImplementation(async (name) => {
      if (name === 'objects.setFavourite') throw new Error('full');
      return { favourites: [{ sourceId, node: nodeOf('orders') }], recent: [] };
    });
    await store.getState().setFavourite(sourceId, nodeOf('customers'), true);
    expect(favouritesOf(store.getState(), sourceId)).toEqual([nodeOf('orders')]);
    expect(reportError).toHaveBeenCalledOnce();
  });
});

describe('what was opened lately', () => {
  it('has the newest first and each once, and main hears of a change only', () => {
    const { answers, store } = storeUnderTest();
    const { opened } = store.getState();
    for (const name of ['a', 'b', 'b', 'a']) opened(sourceId, nodeOf(name));
    expect(store.getState().recent.map(({ node }) => node.name)).toEqual(['a', 'b']);
    expect(answers).toHaveBeenCalledTimes(3);
  });
});
