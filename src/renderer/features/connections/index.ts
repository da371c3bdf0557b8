/** Door of the list of data sources: its parts of the window, and what other features may ask about a data source. */
export { ConfirmSourceDialog } from './ConfirmSourceDialog.tsx';
export {
  connectionsStore,
  openEditor,
  passwordStore,
  useConnections,
  useDamaged,
  useDataSource,
  useSourceState,
} from './connections.ts';
export { focusRow, rescueFocus } from './focusActiveRow.ts';
export { PasswordDialog } from './PasswordDialog.tsx';
export { RemoveDialog } from './RemoveDialog.tsx';
export { Sidebar } from './Sidebar.tsx';
export { matchesFilter } from './sourceOrder.ts';
export { Welcome } from './Welcome.tsx';
