import { Button, Loader, Text, VisuallyHidden } from '@mantine/core';
import { useEffect } from 'react';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { latestValue } from '../../lib/loadable.ts';
import { recoveryText } from '../../text/recovery.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { BackupList, tellReplaced } from './BackupList.tsx';
import classes from './Recovery.module.css';
import { recoveryStore, useRecovery } from './recovery.ts';

/** The last way out: as on the first start. Main asks first. */
function StartEmpty() {
  const isBusy = useRecovery((store) => store.isBusy);
  const startEmpty = async () => {
    const replaced = await recoveryStore.getState().startEmpty();
    if (replaced !== null) tellReplaced(recoveryText.startedEmpty, replaced);
  };
  return (
    <Button
      className={classes.startEmpty}
      variant="default"
      disabled={isBusy}
      onClick={() => void startEmpty()}
    >
      {recoveryText.startEmpty}
    </Button>
  );
}

interface RecoveryScreenProps {
  /** Why the data sources could not be read. */
  readonly error: ErrorDto;
  /** Everything is to be read anew, because it can be now. */
  readonly onOpened: () => void;
}

/** Stands in the middle of the window when Mooring's data could not be read: what is wrong, and the ways back. */
export function RecoveryScreen({ error, onOpened }: RecoveryScreenProps) {
  const status = useRecovery((store) => latestValue(store.status));
  const isBusy = useRecovery((store) => store.isBusy);
  const failure = useRecovery((store) => store.error);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another error may come with other ways back
  useEffect(() => void recoveryStore.getState().load(), [error]);
  const tryAgain = async () => {
    if (await recoveryStore.getState().retry()) onOpened();
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: in a small window it scrolls, by keyboard too (WCAG 2.1.1)
    <div className={classes.screen} tabIndex={0}>
      <div className={classes.content}>
        <VisuallyHidden component="h2">{recoveryText.problem}</VisuallyHidden>
        <ErrorPanel
          error={status?.problem ?? error}
          actions={
            <Button disabled={isBusy} onClick={() => void tryAgain()}>
              {vocabulary.tryAgain}
            </Button>
          }
        />
        {failure !== null && <ErrorPanel error={failure} />}
        {status !== null && status.problem !== null && status.canReplace && (
          <section className={classes.ways}>
            <Text component="h2" className={classes.heading}>
              {recoveryText.heading}
              {isBusy && <Loader size={14} />}
            </Text>
            {status.backups.length > 0 && <Text className={classes.dimmed}>{recoveryText.intro}</Text>}
            <BackupList backups={status.backups} />
            <StartEmpty />
          </section>
        )}
      </div>
    </div>
  );
}
