/** Door of the grid of results and of the inspector beside it. */
export type { GridActions, GridResult, ResultGridProps } from './gridTypes.ts';
export { Inspector } from './Inspector.tsx';
export { inspectorStore } from './inspectorStore.ts';
export { ResultGrid } from './ResultGrid.tsx';
