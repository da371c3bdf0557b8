import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { vaultText } from '../../text/vault.ts';
import { DialogFooter } from './DialogFooter.tsx';
import { NewPassphraseFields } from './NewPassphraseFields.tsx';
import { PassphraseField } from './PassphraseField.tsx';
import { useVaultAttempt } from './useVaultAttempt.tsx';
import classes from './vault.module.css';
import { vaultActions } from './vault.ts';

/** Wraps the key by another passphrase. */
export function ChangePassphraseDialog() {
  const words = vaultText.changePassphrase;
  const { isRunning, isWaiting, passphraseError, failure } = useVaultAttempt();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (current !== '' && next !== null && !isWaiting) void vaultActions().changePassphrase(current, next);
  };
  return (
    <form className={classes.stack} onSubmit={submit}>
      {failure}
      <PassphraseField
        label={vaultText.currentPassphrase}
        value={current}
        onChange={setCurrent}
        error={passphraseError}
        focused
      />
      <NewPassphraseFields onChange={setNext} />
      <DialogFooter>
        <Button type="submit" loading={isRunning} disabled={current === '' || next === null || isWaiting}>
          {words.confirm}
        </Button>
      </DialogFooter>
    </form>
  );
}

/** Puts a passphrase around a key that is in the keychain. */
export function AddPassphraseDialog() {
  const words = vaultText.addPassphrase;
  const { isRunning, failure } = useVaultAttempt();
  const [passphrase, setPassphrase] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase !== null) void vaultActions().addPassphrase(passphrase);
  };
  return (
    <form className={classes.stack} onSubmit={submit}>
      {failure}
      <p className={classes.text}>{words.message}</p>
      <NewPassphraseFields onChange={setPassphrase} focused />
      <DialogFooter>
        <Button type="submit" loading={isRunning} disabled={passphrase === null}>
          {words.confirm}
        </Button>
      </DialogFooter>
    </form>
  );
}

/** Takes the passphrase around a key in the keychain away. */
export function RemovePassphraseDialog() {
  const words = vaultText.removePassphrase;
  const { isRunning, isWaiting, passphraseError, failure } = useVaultAttempt();
  const [passphrase, setPassphrase] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase !== '' && !isWaiting) void vaultActions().removePassphrase(passphrase);
  };
  return (
    <form className={classes.stack} onSubmit={submit}>
      {failure}
      <p className={classes.text}>{words.message}</p>
      <PassphraseField value={passphrase} onChange={setPassphrase} error={passphraseError} focused />
      <DialogFooter>
        <Button type="submit" color="red" loading={isRunning} disabled={passphrase === '' || isWaiting}>
          {words.confirm}
        </Button>
      </DialogFooter>
    </form>
  );
}
