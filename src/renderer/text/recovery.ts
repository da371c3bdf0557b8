import { plural } from '../lib/format.ts';

const whereItGoes =
  'What is there now is not deleted: its files are moved to the folder “damaged” inside Mooring’s data folder.';

export const recoveryText = {
  problem: 'Mooring cannot read its data',
  heading: 'Bring your data back',
  intro: 'These backups were checked. Restoring one replaces everything, as it was at that time.',
  backups: 'Backups',
  noBackups: 'There is no backup that could be restored.',
  counts: (dataSourceCount: number, secretCount: number) =>
    `${plural(dataSourceCount, 'data source', 'data sources')}, ${plural(secretCount, 'password', 'passwords')}`,
  restore: 'Restore this one…',
  restoreOf: (moment: string) => `Restore this one… (${moment})`,
  startEmpty: 'Start with an empty list…',
  restoreTitle: (moment: string) => `Restore the backup of ${moment}?`,
  restoreMessage: `All data sources and passwords become what they were then, and all connections are closed. ${whereItGoes}`,
  restoreConfirm: 'Restore',
  emptyTitle: 'Start with an empty list?',
  emptyMessage: `Mooring begins as on its first start, without data sources and passwords. ${whereItGoes}`,
  emptyConfirm: 'Start empty',
  restored: 'The backup was restored.',
  startedEmpty: 'Mooring has begun anew.',
  movedTo: (folder: string) => `What was there before is in “${folder}”.`,
  dialogTitle: 'Restore from a backup',
};
