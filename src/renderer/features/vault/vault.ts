import { useStore } from 'zustand';
import { call, onEvent } from '../../lib/api.ts';
import { notifyDone, notifyError } from '../../lib/notify.tsx';
import { vaultText } from '../../text/vault.ts';
import type { VaultDialog, VaultStore } from './vaultState.ts';
import { createVaultStore } from './vaultStore.ts';
import { createWithVault } from './withVault.ts';

/** The window's one view of the vault. */
export const vaultStore = createVaultStore({
  call,
  onEvent,
  newCallId: () => crypto.randomUUID(),
  now: () => Date.now(),
  reportError: notifyError,
});

/** The store's actions never change, so a component may take them without listening. */
export const vaultActions = (): VaultStore => vaultStore.getState();

export function useVault<Selected>(selector: (store: VaultStore) => Selected): Selected {
  return useStore(vaultStore, selector);
}

/** Whether a dialog of the vault stands above the others: an Escape is meant for it, not for the window below. */
export const useVaultDialogOpen = (): boolean => useVault((store) => store.dialog !== null);

/** Asks for the passphrase; answers whether the vault is open now. Asks nothing when it is. */
export async function unlockVault(): Promise<boolean> {
  const { status, ask } = vaultActions();
  return status !== null && status.lock !== 'locked' ? true : ask({ name: 'unlock' });
}

/** Opens a dialog that works with the keys, after asking for the passphrase where that is needed. */
export async function askUnlocked(dialog: VaultDialog): Promise<boolean> {
  return (await unlockVault()) && (await vaultActions().ask(dialog));
}

/** Runs work that may need the vault; see `createWithVault`. */
export const withVault = createWithVault({
  // Main has said that it is locked, whatever the window has heard until now.
  unlock: () => vaultActions().ask({ name: 'unlock' }),
  chooseMode: (reason) => vaultActions().ask({ name: 'choose-mode', reason }),
});

/** Locks by hand. Where the window itself stays open it is said what was done; without a passphrase, how to get one. */
export async function lockNow(): Promise<void> {
  await vaultActions().lock();
  const { status } = vaultActions();
  if (status?.lock === 'locked' && !status.appLocked) notifyDone(vaultText.lockedNow);
}
