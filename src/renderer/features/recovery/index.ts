/** Door of the recovery: the screen for data that cannot be read, and the dialog that restores a backup at any time. */
export { RecoveryScreen } from './RecoveryScreen.tsx';
export { RestoreDialog } from './RestoreDialog.tsx';
export { openRestore } from './recovery.ts';
