import { createStore } from 'zustand/vanilla';
import type { EndedOperation, OperationFilter } from '../../../shared/model/operations.ts';

interface OperationsState {
  /** What the log shows: its lines, or what Mooring did as operations. */
  readonly view: 'lines' | 'operations';
  readonly filter: OperationFilter;
  /** The operation whose parts are shown. */
  readonly selectedId: number | null;
}

export const allOperations: OperationFilter = { sourceId: null, failedOnly: false, minDurationMs: 0 };

export const operationsStore = createStore<OperationsState>()(() => ({
  view: 'lines',
  filter: allOperations,
  selectedId: null,
}));

export const setOperationFilter = (change: Partial<OperationFilter>): void =>
  operationsStore.setState(({ filter }) => ({ filter: { ...filter, ...change } }));

/** An operation in the waterfall. */
export interface WaterfallRow {
  readonly operation: EndedOperation;
  /** 0: the outermost. */
  readonly depth: number;
  /** Where its bar begins and how long it is, as shares of the whole. */
  readonly from: number;
  readonly length: number;
}

/** Each operation below the one that it is a part of, in the order in which they began. */
export function waterfallOf(operations: readonly EndedOperation[]): readonly WaterfallRow[] {
  const startMs = Math.min(...operations.map(({ startedAt }) => startedAt));
  const endMs = Math.max(...operations.map(({ startedAt, durationMs }) => startedAt + durationMs));
  const wholeMs = Math.max(endMs - startMs, 0.001);
  const ids = new Set(operations.map(({ id }) => id));
  const rowsBelow = (parentId: number | null, depth: number): WaterfallRow[] =>
    operations
      .filter((one) => (one.parentId !== null && ids.has(one.parentId) ? one.parentId : null) === parentId)
      .flatMap((operation) => [
        {
          operation,
          depth,
          from: (operation.startedAt - startMs) / wholeMs,
          length: operation.durationMs / wholeMs,
        },
        ...rowsBelow(operation.id, depth + 1),
      ]);
  return rowsBelow(null, 0);
}
