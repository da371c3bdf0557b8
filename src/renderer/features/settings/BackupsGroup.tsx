import { Button } from '@mantine/core';
import { useEffect } from 'react';
import type { Backup } from '../../../shared/model/recovery.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { call } from '../../lib/api.ts';
import { formatMoment } from '../../lib/format.ts';
import { latestValue } from '../../lib/loadable.ts';
import { useLoadable } from '../../lib/useLoadable.ts';
import { settingsText } from '../../text/settings.ts';
import { openRestore } from '../recovery/index.ts';
import { TransferButtons } from '../transfer/index.ts';
import classes from './Settings.module.css';
import { SettingsGroup } from './SettingsGroup.tsx';
import { settingsStore, useSettings } from './settings.ts';

const words = settingsText.backups;

function summaryOf(backups: readonly Backup[]): string {
  const [newest] = backups;
  if (newest === undefined) return words.none;
  const { createdAt, dataSourceCount, secretCount } = newest;
  return `${words.newest(formatMoment(createdAt), dataSourceCount, secretCount)} ${words.kept(backups.length)}.`;
}

/** What there is to go back to, and ways to take data along. */
export function BackupsGroup() {
  const { loadable, reload } = useLoadable('backups', (signal) => call('recovery.status', null, { signal }));
  const backups = latestValue(loadable)?.backups;
  const isBackingUp = useSettings((store) => store.isBackingUp);
  useEffect(() => {
    if (!isBackingUp) reload();
  }, [isBackingUp, reload]);
  return (
    <SettingsGroup heading={words.heading}>
      {loadable.status === 'failed' && <ErrorPanel error={loadable.error} />}
      <p className={classes.text}>{backups === undefined ? ' ' : summaryOf(backups)}</p>
      <div className={classes.buttons}>
        <Button
          variant="default"
          loading={isBackingUp}
          onClick={() => void settingsStore.getState().backUp()}
        >
          {words.backUp}
        </Button>
        <Button
          variant="default"
          disabled={backups === undefined || backups.length === 0}
          onClick={openRestore}
        >
          {words.restore}
        </Button>
        <TransferButtons />
      </div>
    </SettingsGroup>
  );
}
