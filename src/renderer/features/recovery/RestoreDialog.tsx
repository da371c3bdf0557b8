import { Button, Group, Loader, Text } from '@mantine/core';
import { useEffect } from 'react';
import { DialogWindow } from '../../components/DialogWindow.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { latestValue } from '../../lib/loadable.ts';
import { recoveryText } from '../../text/recovery.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { BackupList } from './BackupList.tsx';
import classes from './Recovery.module.css';
import { recoveryStore, useRecovery } from './recovery.ts';

/** The backups, read when the dialog opens. */
function Backups({ onClose }: { onClose: () => void }) {
  const loadable = useRecovery((store) => store.status);
  const failure = useRecovery((store) => store.error);
  const isBusy = useRecovery((store) => store.isBusy);
  useEffect(() => void recoveryStore.getState().load(), []);
  const status = latestValue(loadable);
  return (
    <div className={classes.dialog}>
      <Text className={classes.dimmed}>{recoveryText.intro}</Text>
      {loadable.status === 'failed' && <ErrorPanel error={loadable.error} />}
      {failure !== null && <ErrorPanel error={failure} />}
      <div className={classes.scroller}>
        {status !== null && <BackupList backups={status.backups} onRestored={onClose} />}
        {status === null && loadable.status === 'loading' && <Loader size={20} />}
      </div>
      <Group justify="flex-end" gap="xs">
        {isBusy && <Loader size={16} />}
        <Button variant="default" onClick={onClose}>
          {vocabulary.close}
        </Button>
      </Group>
    </div>
  );
}

/** Restores one of the backups while Mooring works, for what was lost or cannot be read in it. */
export function RestoreDialog() {
  const opened = useRecovery((store) => store.opened);
  const { close } = recoveryStore.getState();
  return (
    <DialogWindow
      opened={opened}
      title={recoveryText.dialogTitle}
      size={520}
      closeOnClickOutside
      onClose={close}
    >
      <Backups onClose={close} />
    </DialogWindow>
  );
}
