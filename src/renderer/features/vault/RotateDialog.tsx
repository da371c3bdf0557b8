import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { RotationReport } from '../../../shared/model/vault.ts';
import { Notice } from '../../components/Notice.tsx';
import { vaultText } from '../../text/vault.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { DialogFooter } from './DialogFooter.tsx';
import { useOwnerPassphrase } from './useOwnerPassphrase.tsx';
import { useVaultAttempt } from './useVaultAttempt.tsx';
import { VaultProgressBar } from './VaultProgressBar.tsx';
import classes from './vault.module.css';
import { useVault, vaultActions } from './vault.ts';

const words = vaultText.rotate;

function Result({ report }: { report: RotationReport }) {
  const { version, resealedCount, keptCount, durationMs } = report;
  return (
    <div className={classes.stack}>
      <div role="status" className={classes.stack}>
        <Notice tone="success">{words.done(version, resealedCount, durationMs)}</Notice>
        {keptCount > 0 && <Notice tone="warning">{words.keptSecrets(keptCount)}</Notice>}
      </div>
      <div className={classes.footer}>
        <Button onClick={vaultActions().dismiss} data-autofocus>
          {vocabulary.close}
        </Button>
      </div>
    </div>
  );
}

/** A new key for everything: what that is, how far it is, and what came of it. */
export function RotateDialog() {
  const attempt = useVault((store) => store.attempt);
  const { failure } = useVaultAttempt();
  const [destroyOldKey, setDestroyOldKey] = useState(false);
  const owner = useOwnerPassphrase();
  if (attempt.status === 'running') return <VaultProgressBar attempt={attempt} />;
  if (attempt.status === 'rotated') return <Result report={attempt.report} />;
  return (
    <div className={classes.stack}>
      {failure}
      <p className={classes.text}>{words.message}</p>
      <Checkbox
        label={words.destroy}
        description={words.destroyHint}
        checked={destroyOldKey}
        onChange={(event) => setDestroyOldKey(event.currentTarget.checked)}
      />
      {destroyOldKey ? owner.field : <p className={classes.hint}>{words.kept}</p>}
      <DialogFooter>
        <Button
          {...(destroyOldKey && { color: 'red' })}
          disabled={destroyOldKey && !owner.isReady}
          onClick={() =>
            void vaultActions().rotate({ destroyOldKey, current: destroyOldKey ? owner.current : null })
          }
          data-autofocus
        >
          {words.confirm}
        </Button>
      </DialogFooter>
    </div>
  );
}
