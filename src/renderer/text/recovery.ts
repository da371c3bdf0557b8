import { plural } from '../lib/format.ts';

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
  restored: 'The backup was restored.',
  startedEmpty: 'Mooring has begun anew.',
  movedTo: (folder: string) => `What was there before is in “${folder}”.`,
  dialogTitle: 'Restore from a backup',
};
