/** Door of the list of data sources: its parts of the window, and what other features may ask about a data source. */
import { shownOnDemand } from '../../components/shownOnDemand.tsx';
import { useConnections, usePassword } from './connections.ts';
import { useSshDialogue } from './sshDialogues.ts';

export {
  capabilitiesOf,
  connectionsStore,
  copyUrl,
  isDatabase,
  openEditor,
  passwordStore,
  savedIdOf,
  useCapabilities,
  useConnections,
  useDamaged,
  useDataSource,
  useSourceState,
} from './connections.ts';
export { focusRow, rescueFocus, wantedRow } from './focusActiveRow.ts';
export { SourceFilter } from './SourceFilter.tsx';
export { draftOfSaved } from './sourceActions.ts';
export { matchesFilter, rankOfDamaged, rankOfSource } from './sourceOrder.ts';
export { followSshDialogues } from './sshDialogues.ts';
export { Welcome } from './Welcome.tsx';

export const ConfirmSourceDialog = shownOnDemand(
  async () => (await import('./ConfirmSourceDialog.tsx')).ConfirmSourceDialog,
  () => useConnections((store) => store.confirmingId !== null),
);

export const PasswordDialog = shownOnDemand(
  async () => (await import('./PasswordDialog.tsx')).PasswordDialog,
  () => usePassword((store) => store.askingId !== null),
);

export const SshDialog = shownOnDemand(
  async () => (await import('./SshDialog.tsx')).SshDialog,
  () => useSshDialogue() !== null,
);

export const RemoveDialog = shownOnDemand(
  async () => (await import('./RemoveDialog.tsx')).RemoveDialog,
  () => useConnections((store) => store.removingId !== null),
);
