// biome-ignore-all lint/a11y/useSemanticElements: only the rows in view exist, which a table's own layout cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the table has the focus
import type { ListedStatement } from '../../../shared/model/statementStatistics.ts';
import type { RowColumn } from '../../components/rowColumns.ts';
import { Sparkline } from '../../components/Sparkline.tsx';
import { formatCount, formatExactMoment, formatSince } from '../../lib/format.ts';
import { statementsText } from '../../text/statements.ts';
import classes from './StatementCell.module.css';
import type { ShownColumn } from './statementColumns.ts';

const durationText = (durationMs: number | null): string =>
  durationMs === null ? '' : statementsText.duration(durationMs);

/** What stands in a cell; empty where there is nothing to say. */
function cellText(statement: ListedStatement, column: Exclude<ShownColumn, 'trend'>, nowMs: number): string {
  switch (column) {
    case 'statement':
      return statement.text;
    case 'lastAt':
      return formatSince(statement.lastAt, nowMs);
    case 'errors':
    case 'slow':
      return statement[column] === 0 ? '' : formatCount(statement[column]);
    case 'calls':
    case 'rows':
      return formatCount(statement[column]);
    default:
      return durationText(statement[column]);
  }
}

const looksOf: Partial<Record<ShownColumn, string | undefined>> = {
  statement: classes.statement,
  errors: classes.bad,
  slow: classes.warning,
};

/** What is not nothing can be seen. */
const barOf = (value: number) => (value > 0 ? { value, leastPx: 2 } : { value, leastPx: 1, mark: 'empty' });

interface StatementCellProps {
  readonly column: RowColumn<ShownColumn>;
  readonly statement: ListedStatement;
  readonly nowMs: number;
}

/** One figure of a statement. */
export function StatementCell({ column: { key, isNumber }, statement, nowMs }: StatementCellProps) {
  if (key === 'trend') {
    const label = statementsText.trend(durationText(Math.max(...statement.trend)));
    return (
      <span role="gridcell">
        <Sparkline className={classes.sparkline} label={label} bars={statement.trend.map(barOf)} />
      </span>
    );
  }
  const text = cellText(statement, key, nowMs);
  return (
    <span
      role="gridcell"
      className={looksOf[key]}
      data-number={isNumber || undefined}
      title={key === 'lastAt' ? formatExactMoment(statement.lastAt) : text}
    >
      {text}
    </span>
  );
}
