import { vaultText } from '../../text/vault.ts';
import { UnlockForm } from './UnlockForm.tsx';
import classes from './vault.module.css';
import { vaultActions } from './vault.ts';

/** The passphrase, when something needs the vault. */
export function UnlockDialog() {
  return (
    <div className={classes.stack}>
      <p className={classes.text}>{vaultText.unlock.message}</p>
      <UnlockForm onCancel={vaultActions().dismiss} />
    </div>
  );
}
