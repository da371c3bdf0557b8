/** Door of the vault: its state, its dialogs, the locked window, and ways for others to make it usable. */
import { lazy } from 'react';
import { shownOnDemand } from '../../components/shownOnDemand.tsx';
import { useVaultDialogOpen } from './vault.ts';

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

export const NewPassphraseFields = lazy(async () => ({
  default: (await import('./NewPassphraseFields.tsx')).NewPassphraseFields,
}));

export const PassphraseField = lazy(async () => ({
  default: (await import('./PassphraseField.tsx')).PassphraseField,
}));

export const LockScreen = lazy(async () => ({ default: (await import('./LockScreen.tsx')).LockScreen }));

export const VaultDialogs = shownOnDemand(
  async () => (await import('./VaultDialogs.tsx')).VaultDialogs,
  useVaultDialogOpen,
);
