import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../../tests/support/FakeMain.ts';
import { someErrorDto } from '../../../../../tests/support/someErrorDto.ts';
import type { HistoryEntry } from '../../../../shared/model/query.ts';
import { ApiError } from '../../../lib/api.ts';
import { createHistoryStore } from './createHistoryStore.ts';

const entry = (id: number, fields: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id,
  sourceId: crypto.randomUUID(),
  sourceName: 'Shop',
  text: 'SELECT 1',
  isShortened: false,
  startedAt: 0,
  durationMs: 1,
  rowCount: 1,
  outcome: 'done',
  error: null,
  ...fields,
});

let main: FakeMain;
let store: ReturnType<typeof createHistoryStore>;

beforeEach(() => {
  main = new FakeMain();
  store = createHistoryStore({ call: main.call });
  void store.getState().refresh();
});

const state = () => store.getState();
const ids = () => state().entries.map(({ id }) => id);

describe('the history', () => {
  it('goes on behind the last entry that was read, once', async () => {
    await main.answer('history.page', { entries: [entry(9), entry(8)], hasMore: true });
    void state().loadMore();
    void state().loadMore();
    expect(main.countOf('history.page')).toBe(2);
    expect(main.last('history.page').input).toMatchObject({ beforeId: 8 });
    await main.answer('history.page', { entries: [entry(7)], hasMore: false });
    expect(ids()).toEqual([9, 8, 7]);
  });

  it('never shows the entries of an older search', async () => {
    const first = main.last('history.page');
    state().setSearch('orders');
    await main.answer('history.page', { entries: [entry(3)], hasMore: false });
    first.resolve({ entries: [entry(9)], hasMore: false });
    await Promise.resolve();
    expect(ids()).toEqual([3]);
  });

  it('asks for all of a statement only where it was shortened', async () => {
    expect(await state().wholeText(entry(1))).toBe('SELECT 1');
    const whole = state().wholeText(entry(2, { isShortened: true }));
    await main.answer('history.text', { text: 'SELECT 1, 2' });
    expect(await whole).toBe('SELECT 1, 2');
  });

  it('is empty once it was cleared, and as it was when that failed', async () => {
    await main.answer('history.page', { entries: [entry(9)], hasMore: false });
    void state().clear();
    await main.fail('history.clear', new ApiError(someErrorDto('STORE_FAILED')));
    expect(state().error?.code).toBe('STORE_FAILED');
    expect(ids()).toEqual([9]);
    void state().clear();
    await main.answer('history.clear', null);
    await main.answer('history.page', { entries: [], hasMore: false });
    expect(state()).toMatchObject({ entries: [], isRead: true, selectedId: null });
  });
});
