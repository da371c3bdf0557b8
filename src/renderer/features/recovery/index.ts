/** Door of the recovery: the screen for data that cannot be read, and the dialog that restores a backup at any time. */
import { lazy } from 'react';
import { shownOnDemand } from '../../components/shownOnDemand.tsx';
import { useRecovery } from './recovery.ts';

export { openRestore } from './recovery.ts';

export const RecoveryScreen = lazy(async () => ({
  default: (await import('./RecoveryScreen.tsx')).RecoveryScreen,
}));

export const RestoreDialog = shownOnDemand(
  async () => (await import('./RestoreDialog.tsx')).RestoreDialog,
  () => useRecovery((store) => store.opened),
);
