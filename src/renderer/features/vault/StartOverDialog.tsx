import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { vaultText } from '../../text/vault.ts';
import { DialogFooter } from './DialogFooter.tsx';
import { PassphraseField } from './PassphraseField.tsx';
import { useVaultAttempt } from './useVaultAttempt.tsx';
import classes from './vault.module.css';
import { vaultActions } from './vault.ts';

const words = vaultText.startOver;

/** Takes the passphrase of a vault that is open; main asks whether it is meant. */
export function StartOverDialog() {
  const { isRunning, isWaiting, passphraseError, failure } = useVaultAttempt();
  const [current, setCurrent] = useState('');
  const isReady = current !== '' && !isWaiting;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) void vaultActions().startOver(current);
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
        <Button type="submit" color="red" loading={isRunning} disabled={!isReady}>
          {words.confirm}
        </Button>
      </DialogFooter>
    </form>
  );
}
