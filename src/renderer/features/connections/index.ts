/** Door of the list of data sources: its parts of the window, and what other features may ask about a data source. */
export {
  connectionsStore,
  openEditor,
  useConnections,
  useDataSource,
  useSourceState,
} from './connections.ts';
export { ListFailure } from './ListFailure.tsx';
export { RemoveDialog } from './RemoveDialog.tsx';
export { Sidebar } from './Sidebar.tsx';
export { Welcome } from './Welcome.tsx';
