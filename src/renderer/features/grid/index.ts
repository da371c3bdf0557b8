/** Door of the grid of results and of the inspector beside it. Their code is loaded when they are first shown. */
import { lazy } from 'react';

export type { GridActions, GridResult, ResultGridProps } from './gridTypes.ts';
export { inspectorStore } from './inspectorStore.ts';

export const Inspector = lazy(async () => ({
  default: (await import('./inspector/Inspector.tsx')).Inspector,
}));

/** Asks in which format rows are saved. */
export const SaveDialog = lazy(async () => ({
  default: (await import('./saving/SaveDialog.tsx')).SaveDialog,
}));

export const ResultGrid = lazy(async () => ({ default: (await import('./ResultGrid.tsx')).ResultGrid }));
