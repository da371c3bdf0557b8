import type { StatementColumn, StatementPage } from '../../../shared/model/statementStatistics.ts';
import { type RowColumn, rowColumn } from '../../components/rowColumns.ts';

export type ShownColumn = StatementColumn | 'trend';

const columns: readonly RowColumn<ShownColumn>[] = [
  { ...rowColumn('statement', 264), track: 'minmax(264px, 1fr)' },
  rowColumn('calls', 60, 0, true),
  rowColumn('totalMs', 84, 0, true),
  rowColumn('meanMs', 74, 0, true),
  rowColumn('p50Ms', 72, 6, true),
  rowColumn('p95Ms', 72, 3, true),
  rowColumn('p99Ms', 72, 5, true),
  rowColumn('rows', 66, 7, true),
  rowColumn('errors', 58, 2, true),
  rowColumn('slow', 52, 4, true),
  rowColumn('lastAt', 88, 8),
  { ...rowColumn('trend', 86, 1), isSortable: false },
];

/** Nothing is slow where no threshold is set, or was. */
export function columnsFor({
  slowStatementMs,
  statements,
}: StatementPage): readonly RowColumn<ShownColumn>[] {
  const hasSlow = slowStatementMs > 0 || statements.some(({ slow }) => slow > 0);
  return hasSlow ? columns : columns.filter(({ key }) => key !== 'slow');
}
