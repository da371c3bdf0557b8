import { useStore } from 'zustand';
import { call } from '../../lib/api.ts';
import { createRecoveryStore, type RecoveryStore } from './recoveryStore.ts';

/** The window's one view of what could be restored. */
export const recoveryStore = createRecoveryStore({ call });

export function useRecovery<Selected>(selector: (store: RecoveryStore) => Selected): Selected {
  return useStore(recoveryStore, selector);
}

/** Opens the dialog in which a backup is chosen. */
export const openRestore = (): void => recoveryStore.getState().open();
