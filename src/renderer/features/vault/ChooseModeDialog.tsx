import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import { Notice } from '../../components/Notice.tsx';
import { vaultText } from '../../text/vault.ts';
import { DialogFooter } from './DialogFooter.tsx';
import { ModeCards } from './ModeCards.tsx';
import { NewPassphraseFields } from './NewPassphraseFields.tsx';
import { useVaultAttempt } from './useVaultAttempt.tsx';
import classes from './vault.module.css';
import { useVault, vaultActions } from './vault.ts';

const words = vaultText.chooseMode;
const choices = ['passphrase', 'session'] as const;

/** Why the keychain cannot be used, as main told it. */
function Reason({ reason }: { reason: ErrorDto }) {
  return (
    <Notice tone="warning">
      <strong>{reason.title}.</strong> {reason.detail}
      {reason.causes.length > 0 && (
        <ul className={classes.reason}>
          {reason.causes.map((cause) => (
            <li key={cause}>{cause}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

/** At the first save without a keychain: a passphrase, or nothing that outlives the session. */
export function ChooseModeDialog() {
  const reason = useVault(({ dialog }) => (dialog?.name === 'choose-mode' ? dialog.reason : null));
  const { isRunning, failure } = useVaultAttempt();
  const [mode, setMode] = useState<(typeof choices)[number]>('passphrase');
  const [passphrase, setPassphrase] = useState<string | null>(null);
  const confirm = () => {
    if (mode === 'session') void vaultActions().setMode({ mode });
    else if (passphrase !== null) void vaultActions().setMode({ mode, passphrase });
  };
  return (
    <div className={classes.stack}>
      {reason !== null && failure === null && <Reason reason={reason} />}
      {failure}
      <ModeCards modes={choices} value={mode} onChange={setMode} />
      {mode === 'passphrase' && <NewPassphraseFields onChange={setPassphrase} />}
      <DialogFooter
        start={
          <Button
            variant="subtle"
            disabled={isRunning}
            onClick={() => void vaultActions().setMode({ mode: 'keychain' })}
          >
            {words.tryKeychain}
          </Button>
        }
      >
        <Button loading={isRunning} disabled={mode === 'passphrase' && passphrase === null} onClick={confirm}>
          {mode === 'passphrase' ? words.usePassphrase : words.useSession}
        </Button>
      </DialogFooter>
    </div>
  );
}
