import { vaultText } from '../../text/vault.ts';
import { CurrentPassphraseForm } from './CurrentPassphraseForm.tsx';
import { useVault, vaultActions } from './vault.ts';

/** Takes the passphrase for settings that would keep fewer people out. */
export function WeakenAppLockDialog() {
  const settings = useVault(({ dialog }) => (dialog?.name === 'weaken-app-lock' ? dialog.settings : null));
  const weaken = (current: string) => {
    if (settings !== null) void vaultActions().weakenAppLock(settings, current);
  };
  return <CurrentPassphraseForm words={vaultText.weakenAppLock} onSubmit={weaken} />;
}
