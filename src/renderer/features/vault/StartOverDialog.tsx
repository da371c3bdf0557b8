import { vaultText } from '../../text/vault.ts';
import { CurrentPassphraseForm } from './CurrentPassphraseForm.tsx';
import { vaultActions } from './vault.ts';

/** Takes the passphrase of a vault that is open; main asks whether it is meant. */
export function StartOverDialog() {
  const startOver = (current: string) => void vaultActions().startOver(current);
  return <CurrentPassphraseForm words={vaultText.startOver} destructive onSubmit={startOver} />;
}
