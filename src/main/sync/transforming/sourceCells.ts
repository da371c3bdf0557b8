import type { SourceCell, SourceCells } from '../copy/ports.ts';
import { planColumn } from './columnPlan.ts';
import { type ColumnsInput, resolvedColumns } from './createTransformation.ts';

/**
 * How a text file takes its cells out of rows of the source, where nothing is done to them but to write them in the
 * canonical form: that spares a pass over all rows. Null where more is done.
 */
export function sourceCells(input: ColumnsInput): SourceCells | null {
  const { columns, destinationTypes, left } = input;
  if (destinationTypes !== null || left.filters.length > 0) return null;
  const cells: SourceCell[] = [];
  for (const { column, planned } of resolvedColumns(input)) {
    const plan = planColumn(column, planned, input);
    if (plan.type === 'copy') cells.push({ column: plan.index, converter: null });
    // Bytes may be too long to be converted in one turn of the event loop.
    else if (plan.type === 'step' && plan.converter !== null && columns[plan.index]?.type.type !== 'binary') {
      cells.push({ column: plan.index, converter: plan.converter });
    } else return null;
  }
  return { columnCount: columns.length, cells };
}
