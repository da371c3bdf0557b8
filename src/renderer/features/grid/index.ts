/** Door of the grid of results and of the inspector beside it. Their code is loaded when they are first shown. */
import { lazy } from 'react';
import { whenIdle } from '../../lib/whenIdle.ts';

export type { DoneHere, GridActions, GridResult, ResultGridProps } from './gridTypes.ts';
export { inspectorStore } from './inspectorStore.ts';
export { readAhead } from './window/rowsAhead.ts';

export const Inspector = lazy(async () => ({
  default: (await import('./inspector/Inspector.tsx')).Inspector,
}));

/** Asks in which format rows are saved. */
export const SaveDialog = lazy(async () => ({
  default: (await import('./saving/SaveDialog.tsx')).SaveDialog,
}));

const loadGrid = async () => ({ default: (await import('./ResultGrid.tsx')).ResultGrid });

export const ResultGrid = lazy(loadGrid);

/** Loads the code of the grid when there is time, so that the first rows do not wait for it. */
export async function prefetchGrid(): Promise<void> {
  await whenIdle();
  // A failure is shown when the grid is.
  await loadGrid().catch(() => undefined);
}
