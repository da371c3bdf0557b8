import type { Backup } from '../../shared/model/recovery.ts';
import type { Question } from '../base/Question.ts';

/** The questions that main itself asks before something is lost: no page can answer them. */

const count = (value: number, one: string, many: string): string =>
  `${value.toLocaleString('en-GB')} ${value === 1 ? one : many}`;

const movedAside =
  'The current files are not deleted: they are moved to the folder “damaged” in Mooring’s data folder.';

export function restoreQuestion({ createdAt, dataSourceCount, secretCount }: Backup): Question {
  const moment = new Date(createdAt).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
  const content = `${count(dataSourceCount, 'data source', 'data sources')} and ${count(secretCount, 'password', 'passwords')}`;
  return {
    question: `Restore the backup of ${moment}?`,
    detail: `It contains ${content}. Restoring it replaces everything in Mooring and closes all connections. ${movedAside}`,
    confirmLabel: 'Restore',
  };
}

export const startEmptyQuestion: Question = {
  question: 'Start with an empty list?',
  detail: `Mooring starts as if for the first time, with no data sources or passwords. ${movedAside}`,
  confirmLabel: 'Start empty',
};

export const resetDemoQuestion: Question = {
  question: 'Reset the demo database?',
  detail: 'All changes to it are lost, and its connections are closed. Other data sources are not affected.',
  confirmLabel: 'Reset',
};
