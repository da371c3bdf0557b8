import { describe, expect, it } from 'vitest';
import type { SearchBatch, SearchHit, SearchQuery } from '../../../shared/model/schemaSearch.ts';
import { createSearchStore, type SearchPorts } from './createSearchStore.ts';

const query: SearchQuery = { text: 'total', isRegex: false, matchesCase: false, places: ['names'] };
const hit: SearchHit = {
  ...{ node: { schema: 's', name: 'total', kind: 'table' }, place: 'names', part: null, line: null },
  ...{ before: '', hit: 'total', after: '' },
};
const batch: SearchBatch = { place: 'names', hits: [hit], outcome: null, problem: null };

function storeUnderTest() {
  const streams: { listener: Parameters<SearchPorts['open']>[1]; isCancelled: boolean }[] = [];
  const store = createSearchStore({
    open(_, listener) {
      const stream = { listener, isCancelled: false };
      streams.push(stream);
      return () => {
        stream.isCancelled = true;
      };
    },
  });
  return { store, streams };
}

describe('a search', () => {
  it('shows hits as they come, and says where there are more', () => {
    const { store, streams } = storeUnderTest();
    store.getState().search(query);
    streams[0]?.listener.onBatch(batch);
    expect(store.getState()).toMatchObject({ isRunning: true, place: 'names', hits: [hit] });
    streams[0]?.listener.onBatch({ ...batch, hits: [], outcome: 'cut' });
    streams[0]?.listener.onEnd();
    expect(store.getState()).toMatchObject({ isRunning: false, place: null, cut: ['names'], hits: [hit] });
  });

  it('that is given up is given up down to the server, and keeps what it has found', () => {
    const { store, streams } = storeUnderTest();
    store.getState().search(query);
    streams[0]?.listener.onBatch(batch);
    store.getState().cancel();
    expect(streams[0]?.isCancelled).toBe(true);
    expect(store.getState()).toMatchObject({ isRunning: false, isCancelled: true, hits: [hit] });
  });

  it('takes the place of the one before, which is given up', () => {
    const { store, streams } = storeUnderTest();
    store.getState().search(query);
    streams[0]?.listener.onBatch(batch);
    store.getState().search({ ...query, text: 'other' });
    expect(streams[0]?.isCancelled).toBe(true);
    expect(store.getState()).toMatchObject({ isRunning: true, hits: [] });
  });
});
