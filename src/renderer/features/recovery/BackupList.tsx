import { Button, Text } from '@mantine/core';
import type { Backup } from '../../../shared/model/recovery.ts';
import { formatMoment } from '../../lib/format.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { recoveryText } from '../../text/recovery.ts';
import classes from './Recovery.module.css';
import { recoveryStore, useRecovery } from './recovery.ts';
import type { Replaced } from './recoveryStore.ts';

/** Says what was done, and where to find what was there before. */
export function tellReplaced(done: string, replaced: NonNullable<Replaced>): void {
  notifyDone(replaced.movedTo === null ? done : `${done} ${recoveryText.movedTo(replaced.movedTo)}`);
}

interface BackupListProps {
  readonly backups: readonly Backup[];
  readonly onRestored?: () => void;
}

/** The backups to choose from, newest first. Main asks before it restores one. */
export function BackupList({ backups, onRestored }: BackupListProps) {
  const isBusy = useRecovery((store) => store.isBusy);
  const restore = async ({ name }: Backup) => {
    const replaced = await recoveryStore.getState().restore(name);
    if (replaced === null) return;
    tellReplaced(recoveryText.restored, replaced);
    onRestored?.();
  };
  if (backups.length === 0) return <Text className={classes.dimmed}>{recoveryText.noBackups}</Text>;
  return (
    <ul className={classes.backups} aria-label={recoveryText.backups}>
      {backups.map((backup) => (
        <li key={backup.name} className={classes.backup}>
          <div className={classes.facts}>
            <div>{formatMoment(backup.createdAt)}</div>
            <div className={classes.dimmed}>
              {recoveryText.counts(backup.dataSourceCount, backup.secretCount)}
            </div>
          </div>
          <Button
            size="xs"
            variant="default"
            disabled={isBusy}
            aria-label={recoveryText.restoreOf(formatMoment(backup.createdAt))}
            onClick={() => void restore(backup)}
          >
            {recoveryText.restore}
          </Button>
        </li>
      ))}
    </ul>
  );
}
