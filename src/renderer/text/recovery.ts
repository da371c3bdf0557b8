import { plural } from '../lib/format.ts';

export const recoveryText = {
  problem: 'Mooring cannot read its data',
  heading: 'Recover your data',
  intro:
    'These backups have been verified. Restoring one replaces all your data with what it was at that time.',
  backups: 'Backups',
  noBackups: 'There are no backups to restore.',
  counts: (dataSourceCount: number, secretCount: number) =>
    `${plural(dataSourceCount, 'data source', 'data sources')}, ${plural(secretCount, 'password', 'passwords')}`,
  restore: 'Restore…',
  restoreOf: (moment: string) => `Restore… (${moment})`,
  startEmpty: 'Start with an empty list…',
  restored: 'The backup was restored.',
  startedEmpty: 'Mooring has started with an empty list.',
  movedTo: (folder: string) => `The previous files are in “${folder}”.`,
  dialogTitle: 'Restore from a backup',
};
