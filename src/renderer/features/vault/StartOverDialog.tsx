import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Notice } from '../../components/Notice.tsx';
import { vaultText } from '../../text/vault.ts';
import { DialogFooter } from './DialogFooter.tsx';
import { useVaultAttempt } from './useVaultAttempt.tsx';
import classes from './vault.module.css';
import { useVault, vaultActions } from './vault.ts';

const words = vaultText.startOver;

/** For who has lost the key: typed out, so that nobody does it by a slip. */
export function StartOverDialog() {
  const secretCount = useVault((store) => store.status?.secretCount ?? 0);
  const { isRunning, failure } = useVaultAttempt();
  const [typed, setTyped] = useState('');
  const isConfirmed = typed.trim().toLowerCase() === words.word;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isConfirmed) void vaultActions().startOver();
  };
  return (
    <form className={classes.stack} onSubmit={submit}>
      {failure}
      <p className={classes.text}>{words.message}</p>
      <Notice tone="warning">{words.what(secretCount)}</Notice>
      <TextInput
        label={words.type(words.word)}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
      />
      <DialogFooter>
        <Button type="submit" color="red" loading={isRunning} disabled={!isConfirmed}>
          {words.confirm}
        </Button>
      </DialogFooter>
    </form>
  );
}
