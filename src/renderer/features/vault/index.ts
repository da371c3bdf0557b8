/** Door of the vault: its state, its dialogs, the locked window, and ways for others to make it usable. */
export { LockScreen } from './LockScreen.tsx';
export { NewPassphraseFields } from './NewPassphraseFields.tsx';
export { PassphraseField } from './PassphraseField.tsx';
export { VaultDialogs } from './VaultDialogs.tsx';
export {
  askUnlocked,
  lockNow,
  unlockVault,
  useVault,
  useVaultDialogOpen,
  vaultStore,
  withVault,
} from './vault.ts';
export type { WithVault } from './withVault.ts';
