import { plural } from '../lib/format.ts';

const whereItGoes =
  'The current files are not deleted. They are moved to the folder “damaged” inside Mooring’s data folder.';

export const recoveryText = {
  problem: 'Mooring cannot read its data',
  heading: 'Recover your data',
  intro:
    'These backups have been checked. Restoring one replaces all your data with what it was at that time.',
  backups: 'Backups',
  noBackups: 'There are no backups to restore.',
  counts: (dataSourceCount: number, secretCount: number) =>
    `${plural(dataSourceCount, 'data source', 'data sources')}, ${plural(secretCount, 'password', 'passwords')}`,
  restore: 'Restore…',
  restoreOf: (moment: string) => `Restore… (${moment})`,
  startEmpty: 'Start with an empty list…',
  restoreTitle: (moment: string) => `Restore the backup of ${moment}?`,
  restoreMessage: `All data sources and passwords go back to what they were then, and all connections are closed. ${whereItGoes}`,
  restoreConfirm: 'Restore',
  emptyTitle: 'Start with an empty list?',
  emptyMessage: `Mooring starts as if for the first time, without data sources or passwords. ${whereItGoes}`,
  emptyConfirm: 'Start empty',
  restored: 'The backup was restored.',
  startedEmpty: 'Mooring has started with an empty list.',
  movedTo: (folder: string) => `The previous files are in “${folder}”.`,
  dialogTitle: 'Restore from a backup',
};
