import type { Pipeline } from '../../../shared/model/pipelines.ts';
import type { SinkSummary, ValueLoss } from './ports.ts';
import type { Position } from './position.ts';

const maxText = 1_900;
const number = new Intl.NumberFormat('en');

const rowsText = (count: number): string => `${number.format(count)} ${count === 1 ? 'row' : 'rows'}`;

/** A line of a run's log, not longer than one may be. */
export const logText = (text: string): string =>
  text.length <= maxText ? text : `${text.slice(0, maxText)}…`;

export function beginningText({ reading }: Pipeline, position: Position | null, runId: string): string {
  if (position?.runId === runId) {
    if (position.readCount === 0 && position.after !== null)
      return 'Goes on behind the rows that an earlier run has appended, which did not come to its end.';
    return `Goes on behind the ${rowsText(position.readCount)} that an earlier attempt has copied.`;
  }
  if (reading.type === 'full') return 'Reads all rows.';
  const from = position?.cursor ?? null;
  if (from === null) return `Reads all rows that have a value in “${reading.cursor}”.`;
  const back = reading.lookback === 0 ? '' : `, and ${number.format(reading.lookback)} before it`;
  return `Reads rows from “${reading.cursor}” = ${from} on${back}.`;
}

export function endText(
  { readCount, writtenCount, rejectedCount }: Position,
  { rowsBefore, rowsAfter, deletedCount }: SinkSummary,
): string {
  const counts = `Read ${rowsText(readCount)}, wrote ${number.format(writtenCount)}.`;
  const rejected = rejectedCount === 0 ? '' : ` Rejected ${number.format(rejectedCount)}.`;
  const deleted = deletedCount === 0 ? '' : ` Marked ${number.format(deletedCount)} as deleted.`;
  const replaced =
    rowsBefore === null || rowsAfter === null
      ? ''
      : ` The table had ${rowsText(rowsBefore)} and has ${number.format(rowsAfter)} now.`;
  return `${counts}${rejected}${deleted}${replaced}`;
}

/** One line a column and reason, however many values there are. */
export const lossText = ({ column, reason, count }: ValueLoss): string =>
  `“${column}”: the destination cannot hold ${reason}; ${number.format(count)} ${count === 1 ? 'value was' : 'values were'} changed or left out.`;
