import { Button, Progress, Text } from '@mantine/core';
import { vaultText } from '../../text/vault.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import classes from './vault.module.css';
import { vaultActions } from './vault.ts';
import type { Attempt } from './vaultState.ts';

const words = vaultText.progress;

function stepText({ progress, isCancelling }: Extract<Attempt, { status: 'running' }>): string {
  if (isCancelling) return words.cancelling;
  return progress === null ? words.begin : words.step(progress);
}

/** How far a long operation is, and the way to give it up. */
export function VaultProgressBar({ attempt }: { attempt: Extract<Attempt, { status: 'running' }> }) {
  const { doneCount = 0, totalCount = 0 } = attempt.progress ?? {};
  const percent = totalCount === 0 ? 0 : Math.round((doneCount / totalCount) * 100);
  return (
    <div className={classes.progress}>
      <Progress value={percent} aria-label={words.label} />
      <Text role="status">{stepText(attempt)}</Text>
      <div className={classes.footer}>
        <Button
          variant="default"
          disabled={attempt.isCancelling}
          onClick={vaultActions().cancel}
          data-autofocus
        >
          {vocabulary.cancel}
        </Button>
      </div>
    </div>
  );
}
