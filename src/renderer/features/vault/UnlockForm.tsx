import { Button } from '@mantine/core';
import { useDidUpdate } from '@mantine/hooks';
import { type FormEvent, useRef, useState } from 'react';
import { vaultText } from '../../text/vault.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { PassphraseField } from './PassphraseField.tsx';
import { useVaultAttempt } from './useVaultAttempt.tsx';
import classes from './vault.module.css';
import { useVault, vaultActions } from './vault.ts';

interface UnlockFormProps {
  /** Absent where there is no way round it. */
  readonly onCancel?: () => void;
}

/** Asks for the passphrase. The field keeps the focus, and what was wrong is selected so that it is typed over. */
export function UnlockForm({ onCancel }: UnlockFormProps) {
  const [passphrase, setPassphrase] = useState('');
  const inputRef = useRef<HTMLInputElement>(null);
  const { isRunning, isWaiting, passphraseError, failure } = useVaultAttempt();
  const failed = useVault((store) => store.attempt.status === 'failed');
  useDidUpdate(() => {
    if (failed) inputRef.current?.select();
  }, [failed]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase !== '' && !isWaiting) void vaultActions().unlock(passphrase);
  };
  return (
    <form className={classes.stack} onSubmit={submit}>
      {failure}
      <PassphraseField
        value={passphrase}
        onChange={setPassphrase}
        error={passphraseError}
        inputRef={inputRef}
        focused
      />
      <div className={classes.footer}>
        {onCancel !== undefined && (
          <Button variant="default" onClick={onCancel}>
            {vocabulary.cancel}
          </Button>
        )}
        <Button type="submit" loading={isRunning} disabled={passphrase === '' || isWaiting}>
          {vaultText.unlock.confirm}
        </Button>
      </div>
    </form>
  );
}
