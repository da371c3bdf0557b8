import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StatementPage } from '../../../shared/model/statementStatistics.ts';
import type { call } from '../../lib/api.ts';
import { createStatementsStore } from './createStatementsStore.ts';

const id = '5b2c9a52-9f5d-4a4e-8b39-0d7a0c1d2e3f';
const fingerprint = '0123456789abcdef';
const page = (revision: number): StatementPage => ({
  ...{ revision, statements: [], matchCount: 0, totalCount: 0, droppedCount: 0, slowStatementMs: 0 },
});
const detail = { fingerprint, normalForm: 'select ?', slowest: [], errors: [] };

describe('the statements on the screen', () => {
  let asked: [name: string, input: Record<string, unknown>][];
  let answer: (name: string) => Promise<unknown>;
  let store: ReturnType<typeof createStatementsStore>;

  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    answer = async (name) => (name === 'statistics.page' ? page(asked.length) : detail);
    const ask: typeof call = (name, input) => {
      asked.push([name, { ...input }]);
      return answer(name) as Promise<never>;
    };
    store = createStatementsStore({ call: ask });
  });

  afterEach(() => vi.useRealTimers());

  const shown = () => store.getState().byId[id];
  const settle = () => vi.advanceTimersByTimeAsync(0);

  it('are asked for again every two seconds while somebody looks, and only what has changed', async () => {
    const stop = store.getState().watch(id);
    await settle();
    answer = async () => null;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(asked.map(([, { revision }]) => revision)).toEqual([null, 1]);
    expect(shown()?.page?.revision).toBe(1);
    stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toHaveLength(2);
  });

  it('are those of the last search, whatever is answered last', async () => {
    let answerFirst: (found: StatementPage) => void = () => undefined;
    answer = () => new Promise((resolve) => (answerFirst = resolve));
    store.getState().setSearch(id, 'a');
    answer = async () => page(2);
    store.getState().setSearch(id, 'ab');
    await settle();
    answerFirst(page(1));
    await settle();
    expect(shown()).toMatchObject({ search: 'ab', page: { revision: 2 } });
    // What was found for another search says nothing about this one.
    expect(asked.map(([, { revision }]) => revision)).toEqual([null, null]);
  });

  it('begin with the largest figures, and with the first text; the same column again turns that around', () => {
    store.getState().sortBy(id, 'calls');
    expect(shown()?.sort).toEqual({ column: 'calls', isDescending: true });
    store.getState().sortBy(id, 'calls');
    expect(shown()?.sort).toEqual({ column: 'calls', isDescending: false });
    store.getState().sortBy(id, 'statement');
    expect(shown()?.sort).toEqual({ column: 'statement', isDescending: false });
  });

  it('have the details of the selected one, until it is gone', async () => {
    store.getState().select(id, fingerprint);
    await settle();
    expect(shown()?.detail).toEqual(detail);
    answer = async (name) => {
      if (name === 'statistics.page') return page(9);
      throw new Error('gone');
    };
    await store.getState().refresh(id);
    expect(shown()).toMatchObject({ selected: null, detail: null });
  });

  it('are asked for anew when they were reset, and say why they could not be', async () => {
    store.getState().askReset(id, true);
    await store.getState().reset(id);
    expect(asked.map(([name]) => name)).toEqual(['statistics.reset', 'statistics.page']);
    expect(shown()?.isAskingReset).toBe(false);
    answer = () => Promise.reject(new Error('no disk'));
    await store.getState().reset(id);
    expect(shown()?.failure?.code).toBe('INTERNAL');
  });
});
