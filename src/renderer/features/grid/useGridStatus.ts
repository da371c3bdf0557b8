import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Summary } from '../../../shared/model/results.ts';
import { call } from '../../lib/api.ts';
import { statusBarStore } from '../../lib/statusBar.ts';
import { gridText } from '../../text/grid.ts';
import { type GridState, type GridStore, rowCountOf } from './createGridStore.ts';
import { selectedCount, selectionInput } from './gridCalls.ts';
import { inspectorStore } from './inspectorStore.ts';

/** A selection that still grows is not counted. */
const calmMs = 150;

function rowsText(state: GridState): string | null {
  const { result, viewRowCount } = state;
  if (result === null) return null;
  return viewRowCount === null || viewRowCount === result.rowCount
    ? gridText.status.rows(rowCountOf(state), result.isComplete)
    : gridText.status.filtered(viewRowCount, result.rowCount);
}

function summaryText(summary: Summary): string {
  const words = gridText.status;
  const { cellCount, nullCount, distinctCount, sum, average, minimum, maximum } = summary;
  return [
    words.count(cellCount),
    nullCount === 0 ? null : words.nulls(nullCount),
    words.distinct(distinctCount),
    sum === null ? null : words.sum(sum),
    average === null ? null : words.average(average),
    minimum === null ? null : words.minimum(minimum),
    maximum === null ? null : words.maximum(maximum),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** Figures of what is selected, once the selection is at rest; null for less than two cells. */
function useSummary(store: GridStore, isActive: boolean): string | null {
  const selection = useStore(store, (state) => state.selection);
  const viewId = useStore(store, (state) => state.viewId);
  const resultId = useStore(store, (state) => state.result?.resultId);
  const [text, setText] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state is read when the time has passed
  useEffect(() => {
    setText(null);
    if (!isActive || selectedCount(store.getState()) < 2) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      const input = selectionInput(store.getState());
      if (input === null) return;
      call('results.summary', input, { signal: controller.signal }).then(
        (summary) => {
          if (!controller.signal.aborted) setText(summaryText(summary));
        },
        // Figures are an extra: without them nothing is missing that was asked for.
        () => undefined,
      );
    }, calmMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [store, selection, viewId, resultId, isActive]);
  return text;
}

/** Says in the status bar what the grid in front shows, and in the inspector which cell the keyboard is on. */
export function useGridStatus(store: GridStore, isActive: boolean, rowsLabel: string | undefined): void {
  const ownRows = useStore(store, rowsText);
  const rows = useStore(store, (state) => state.viewRowCount) === null ? (rowsLabel ?? ownRows) : ownRows;
  const selection = useSummary(store, isActive);
  useEffect(() => {
    if (!isActive) return;
    statusBarStore.setState({ rows, selection });
    return () => statusBarStore.setState({ rows: null, selection: null });
  }, [isActive, rows, selection]);

  const active = useStore(store, (state) => state.selection?.active);
  const order = useStore(store, (state) => state.geometry.layout.order);
  const viewId = useStore(store, (state) => state.viewId);
  const resultId = useStore(store, (state) => state.result?.resultId);
  const columns = useStore(store, (state) => state.result?.columns);
  useEffect(() => {
    if (!isActive) return;
    const column = active === undefined ? undefined : order[active.column];
    const isSome = active !== undefined && column !== undefined && resultId !== undefined;
    inspectorStore
      .getState()
      .inspect(isSome ? { resultId, viewId, row: active.row, column, columns: columns ?? [] } : null);
    return () => inspectorStore.getState().inspect(null);
  }, [isActive, active, order, viewId, resultId, columns]);
}
