import type { ReactNode } from 'react';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { PassphraseError } from './PassphraseError.tsx';
import { useRetryWait } from './useRetryWait.ts';
import { useVault } from './vault.ts';

export interface AttemptView {
  readonly isRunning: boolean;
  /** Whether a passphrase would be refused without being looked at. */
  readonly isWaiting: boolean;
  /** For the field in which the wrong passphrase was typed; null when it was not wrong. */
  readonly passphraseError: ReactNode;
  /** Any other failure; null when there is none. */
  readonly failure: ReactNode;
}

/** What a form of the vault shows about what it has asked of main. */
export function useVaultAttempt(): AttemptView {
  const attempt = useVault((store) => store.attempt);
  const waitSeconds = useRetryWait(attempt);
  const error = attempt.status === 'failed' ? attempt.error : null;
  const wrong = error?.code === 'VAULT_PASSPHRASE_WRONG' ? error : null;
  return {
    isRunning: attempt.status === 'running',
    isWaiting: waitSeconds > 0,
    passphraseError: wrong && <PassphraseError error={wrong} waitSeconds={waitSeconds} />,
    failure: error !== null && wrong === null ? <ErrorPanel error={error} /> : null,
  };
}
