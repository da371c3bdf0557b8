import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/settle.ts';
import type { Arranged, ArrangeInput } from '../../../shared/model/results.ts';
import { createGridStore, noArrangement, rowCountOf } from './createGridStore.ts';
import type { GridResult } from './gridTypes.ts';
import { oneCell } from './selection/gridSelection.ts';

const viewId = '00000000-0000-4000-8000-000000000002';
const columns = [
  { name: 'id', type: 'integer', kind: 'integer' },
  { name: 'name', type: 'text', kind: 'text' },
] as const;
const resultOf = (resultId: string, rowCount: number, isComplete = true): GridResult => ({
  resultId,
  columns,
  rowCount,
  isComplete,
});
const byName = { sort: [{ column: 1, descending: false }], filters: [] };

function gridStore() {
  const asked: {
    input: ArrangeInput;
    signal: AbortSignal;
    answer: (view: Arranged) => void;
    fail: (e: Error) => void;
  }[] = [];
  const store = createGridStore({
    arrange: (input, signal) =>
      new Promise((answer, fail) => {
        asked.push({ input, signal, answer, fail });
      }),
  });
  return { asked, state: () => store.getState() };
}

describe('createGridStore', () => {
  it('shows more rows of the same result and keeps what is selected', () => {
    const { state } = gridStore();
    state().show(resultOf('a', 10, false));
    state().select(oneCell({ row: 3, column: 1 }));
    state().show(resultOf('a', 500, false));
    expect(rowCountOf(state())).toBe(500);
    expect(state().selection?.active.row).toBe(3);
  });

  it('keeps the widths for another result with the same columns, as after sorting on the server', () => {
    const { state } = gridStore();
    state().show(resultOf('a', 10));
    state().setLayout((layout) => ({ ...layout, widths: [77, 88], order: [1, 0] }));
    state().show(resultOf('b', 10));
    expect(state().geometry.layout).toMatchObject({ widths: [77, 88], order: [1, 0] });
    state().show({ ...resultOf('c', 10), columns: columns.slice(0, 1) });
    expect(state().geometry.layout.order).toEqual([0]);
  });

  it('shows the sorted rows once they are there', async () => {
    const { state, asked } = gridStore();
    state().show(resultOf('a', 10));
    void state().arrange(byName);
    expect(state()).toMatchObject({ isArranging: true, viewId: null });
    asked[0]?.answer({ viewId, rowCount: 4 });
    await settle();
    expect(state()).toMatchObject({ isArranging: false, viewId, arrangement: byName });
    expect(rowCountOf(state())).toBe(4);
  });

  it('gives up an order that nobody wants any more', async () => {
    const { state, asked } = gridStore();
    state().show(resultOf('a', 10));
    void state().arrange(byName);
    void state().arrange(noArrangement);
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[0]?.answer({ viewId, rowCount: 4 });
    await settle();
    expect(state()).toMatchObject({ viewId: null, isArranging: false });
  });

  it('goes back to the order that is shown when another one fails', async () => {
    const { state, asked } = gridStore();
    state().show(resultOf('a', 10));
    void state().arrange(byName);
    asked[0]?.answer({ viewId, rowCount: 10 });
    await settle();
    void state().arrange({ sort: [{ column: 0, descending: true }], filters: [] });
    asked[1]?.fail(new Error('disk full'));
    await settle();
    expect(state()).toMatchObject({ arrangement: byName, viewId, isArranging: false });
    expect(state().problem).not.toBeNull();
  });

  it('sorts once more when the last rows have come', async () => {
    const { state, asked } = gridStore();
    state().show(resultOf('a', 10, false));
    void state().arrange(byName);
    asked[0]?.answer({ viewId, rowCount: 10 });
    await settle();
    state().show(resultOf('a', 900, true));
    expect(asked).toHaveLength(2);
  });
});
