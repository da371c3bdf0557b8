import { createStore, type StoreApi } from 'zustand/vanilla';

/** The cursor of charts that stand together: a moment, in seconds; null while it is on no chart. */
export type ChartCursor = StoreApi<{ readonly time: number | null }>;

export const createChartCursor = (): ChartCursor => createStore(() => ({ time: null }));
