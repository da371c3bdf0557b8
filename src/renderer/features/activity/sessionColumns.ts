import type { ActivityColumn } from '../../../shared/model/serverActivity.ts';
import { type RowColumn, rowColumn } from '../../components/rowColumns.ts';

/** Of the list of sessions. */
export const sessionColumns: readonly RowColumn<ActivityColumn>[] = [
  rowColumn('number', 84),
  rowColumn('user', 104),
  rowColumn('database', 104, 4),
  rowColumn('application', 120, 5),
  rowColumn('client', 112, 6),
  rowColumn('state', 152),
  rowColumn('waitsFor', 136, 3),
  rowColumn('statementMs', 86, 0, true),
  rowColumn('transactionMs', 92, 2, true),
  { ...rowColumn('statement', 220), track: 'minmax(220px, 1fr)' },
];

/** A tree of those that wait for each other is about what each waits for. */
export const treeColumns: readonly RowColumn<ActivityColumn>[] = sessionColumns.map((one) => {
  if (one.key === 'waitsFor') return rowColumn('waitsFor', 176);
  if (one.key === 'statement') return { ...rowColumn('statement', 160), track: 'minmax(160px, 1fr)' };
  return one.key === 'user' ? { ...one, dropsAt: 1 } : one;
});
