import { Button } from '@mantine/core';
import { useState } from 'react';
import { type ModeChoice, type VaultMode, vaultModeSchema } from '../../../shared/model/vault.ts';
import { Notice } from '../../components/Notice.tsx';
import { vaultText } from '../../text/vault.ts';
import { DialogFooter } from './DialogFooter.tsx';
import { ModeCards } from './ModeCards.tsx';
import { NewPassphraseFields } from './NewPassphraseFields.tsx';
import { useOwnerPassphrase } from './useOwnerPassphrase.tsx';
import { useVaultAttempt } from './useVaultAttempt.tsx';
import { VaultProgressBar } from './VaultProgressBar.tsx';
import classes from './vault.module.css';
import { useVault, vaultActions } from './vault.ts';

const words = vaultText.changeMode;

/** The choice as main takes it; null while the passphrase for it is missing. */
function choiceOf(mode: VaultMode, passphrase: string | null): ModeChoice | null {
  if (mode !== 'passphrase') return { mode };
  return passphrase === null ? null : { mode, passphrase };
}

/** Moves the key to another place, with what that means said before it is done. */
export function ChangeModeDialog() {
  const current = useVault((store) => store.status?.mode ?? null);
  const attempt = useVault((store) => store.attempt);
  const { failure } = useVaultAttempt();
  const [mode, setMode] = useState<VaultMode | null>(current);
  const [passphrase, setPassphrase] = useState<string | null>(null);
  const owner = useOwnerPassphrase();
  if (attempt.status === 'running') return <VaultProgressBar attempt={attempt} />;

  const isNew = mode !== null && mode !== current;
  const choice = isNew ? choiceOf(mode, passphrase) : null;
  const change = () => {
    if (choice !== null) void vaultActions().setMode(choice, owner.current);
  };
  return (
    <div className={classes.stack}>
      {failure}
      <ModeCards modes={vaultModeSchema.options} value={mode} current={current} onChange={setMode} />
      {isNew && <Notice tone="info">{vaultText.modes[mode].consequence}</Notice>}
      {isNew && mode === 'passphrase' && <NewPassphraseFields onChange={setPassphrase} />}
      {isNew && owner.field}
      <DialogFooter>
        <Button disabled={choice === null || !owner.isReady} onClick={change}>
          {words.confirm}
        </Button>
      </DialogFooter>
    </div>
  );
}
