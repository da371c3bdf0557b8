import { type ReactNode, useState } from 'react';
import { vaultText } from '../../text/vault.ts';
import { PassphraseField } from './PassphraseField.tsx';
import { useVaultAttempt } from './useVaultAttempt.tsx';
import { useVault } from './vault.ts';

interface OwnerPassphrase {
  /** What main is given; null where there is no passphrase. */
  readonly current: string | null;
  /** Whether there is none to type, or one was typed that main would look at. */
  readonly isReady: boolean;
  /** The field; null where there is no passphrase. */
  readonly field: ReactNode;
}

/** The passphrase there is, for a change that takes it even while the vault is open. */
export function useOwnerPassphrase(): OwnerPassphrase {
  const hasPassphrase = useVault((store) => store.status?.hasPassphrase ?? false);
  const { isWaiting, passphraseError } = useVaultAttempt();
  const [typed, setTyped] = useState('');
  if (!hasPassphrase) return { current: null, isReady: true, field: null };
  return {
    current: typed,
    isReady: typed !== '' && !isWaiting,
    field: (
      <PassphraseField
        label={vaultText.currentPassphrase}
        value={typed}
        onChange={setTyped}
        error={passphraseError}
      />
    ),
  };
}
