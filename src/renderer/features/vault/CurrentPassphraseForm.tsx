import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { vaultText } from '../../text/vault.ts';
import { DialogFooter } from './DialogFooter.tsx';
import { PassphraseField } from './PassphraseField.tsx';
import { useVaultAttempt } from './useVaultAttempt.tsx';
import classes from './vault.module.css';

interface CurrentPassphraseFormProps {
  readonly words: { readonly message: string; readonly confirm: string };
  /** Whether it cannot be undone. */
  readonly destructive?: boolean;
  readonly onSubmit: (current: string) => void;
}

/** What only somebody who knows the passphrase may do: says what it is, and takes the passphrase. */
export function CurrentPassphraseForm({ words, destructive, onSubmit }: CurrentPassphraseFormProps) {
  const { isRunning, isWaiting, passphraseError, failure } = useVaultAttempt();
  const [current, setCurrent] = useState('');
  const isReady = current !== '' && !isWaiting;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) onSubmit(current);
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
        <Button type="submit" {...(destructive && { color: 'red' })} loading={isRunning} disabled={!isReady}>
          {words.confirm}
        </Button>
      </DialogFooter>
    </form>
  );
}
