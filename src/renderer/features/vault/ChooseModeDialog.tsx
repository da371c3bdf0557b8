import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
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
    <div role="alert">
      <Notice tone="warning">
        {reason.detail}
        {reason.causes.length > 0 && (
          <ul className={classes.reason}>
            {reason.causes.map((cause) => (
              <li key={cause}>{cause}</li>
            ))}
          </ul>
        )}
      </Notice>
    </div>
  );
}

/** What is in the way: how the keychain fails, now or when saving, or what else went wrong. */
function Obstacle() {
  const reason = useVault(({ dialog }) => (dialog?.name === 'choose-mode' ? dialog.reason : null));
  const failed = useVault(({ attempt }) => (attempt.status === 'failed' ? attempt.error : null));
  if (failed !== null && failed.code !== 'VAULT_UNAVAILABLE') return <ErrorPanel error={failed} />;
  const shown = failed ?? reason;
  return shown === null ? null : <Reason reason={shown} />;
}

/** At the first save without a keychain: a passphrase, or nothing that outlives the session. */
export function ChooseModeDialog() {
  const { isRunning } = useVaultAttempt();
  const [mode, setMode] = useState<(typeof choices)[number]>('passphrase');
  const [passphrase, setPassphrase] = useState<string | null>(null);
  const confirm = () => {
    if (mode === 'session') void vaultActions().setMode({ mode }, null);
    else if (passphrase !== null) void vaultActions().setMode({ mode, passphrase }, null);
  };
  return (
    <div className={classes.stack}>
      <Obstacle />
      <ModeCards modes={choices} value={mode} onChange={setMode} />
      {mode === 'passphrase' && <NewPassphraseFields onChange={setPassphrase} />}
      <DialogFooter
        start={
          <Button
            variant="subtle"
            disabled={isRunning}
            onClick={() => void vaultActions().setMode({ mode: 'keychain' }, null)}
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
