import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { vaultText } from '../../text/vault.ts';
import { DialogFooter } from './DialogFooter.tsx';
import { PassphraseField } from './PassphraseField.tsx';
import { useVaultAttempt } from './useVaultAttempt.tsx';
import classes from './vault.module.css';
import { useVault, vaultActions } from './vault.ts';

const words = vaultText.weakenAppLock;

/** Takes the passphrase for settings that would keep fewer people out. */
export function WeakenAppLockDialog() {
  const settings = useVault(({ dialog }) => (dialog?.name === 'weaken-app-lock' ? dialog.settings : null));
  const { isRunning, isWaiting, passphraseError, failure } = useVaultAttempt();
  const [current, setCurrent] = useState('');
  const isReady = current !== '' && !isWaiting;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (settings !== null && isReady) void vaultActions().weakenAppLock(settings, current);
  };
  return (
    <form className={classes.stack} onSubmit={submit}>
      {failure}
      <p className={classes.text}>{words.message}</p>
      <PassphraseField
        label={vaultText.currentPassphrase}
        value={current}
        onChange={setCurrent}
        error={passphraseError}
        focused
      />
      <DialogFooter>
        <Button type="submit" loading={isRunning} disabled={!isReady}>
          {words.confirm}
        </Button>
      </DialogFooter>
    </form>
  );
}
