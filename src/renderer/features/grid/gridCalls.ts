import type { ColumnFilter, CopyFormat, CopyInput, SelectionInput } from '../../../shared/model/results.ts';
import { call } from '../../lib/api.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { notifyFailure } from '../../lib/notifyFailure.ts';
import { withProgress } from '../../lib/withProgress.ts';
import { gridText } from '../../text/grid.ts';
import { textOf, trueLength } from './cells/cellText.ts';
import type { GridState } from './createGridStore.ts';
import type { GridView } from './GridView.ts';
import type { InspectorTarget } from './inspectorStore.ts';
import { cellCountOf, disjointRanges, rangesOf } from './selection/gridSelection.ts';

/** What is selected, as main understands it; null when nothing is. */
export function selectionInput({ result, viewId, selection, geometry }: GridState): SelectionInput | null {
  if (result === null || selection === null) return null;
  const { order } = geometry.layout;
  const ranges = disjointRanges(rangesOf(selection)).map((range) => ({
    fromRow: range.firstRow,
    toRow: range.lastRow,
    columns: order.slice(range.firstColumn, range.lastColumn + 1),
  }));
  return { resultId: result.resultId, viewId, ranges };
}

/** Cells that are selected, each counted once. */
export function selectedCount({ selection }: GridState): number {
  if (selection === null) return 0;
  return disjointRanges(rangesOf(selection)).reduce((sum, range) => sum + cellCountOf(range), 0);
}

/** Puts the whole values of what is selected on the clipboard, and says so; or says why not. */
export async function copySelection(
  state: GridState,
  format: CopyFormat,
  withHeader: boolean,
  target: CopyInput['target'],
): Promise<void> {
  const selection = selectionInput(state);
  if (selection !== null) await copyRanges(selection, selectedCount(state), format, withHeader, target);
}

async function copyRanges(
  selection: SelectionInput,
  cellCount: number,
  format: CopyFormat,
  withHeader: boolean,
  target: CopyInput['target'],
): Promise<void> {
  try {
    const copied = await withProgress(gridText.copying(cellCount), (options) =>
      call('results.copy', { ...selection, format, withHeader, target }, options),
    );
    notifyDone(gridText.copied(copied.cellCount, copied.byteCount));
  } catch (error) {
    notifyFailure(error);
  }
}

/** Most letters of a value that is read whole for a filter. */
const longestFilterValue = 10_000;

/**
 * The whole value of a cell for a filter; null is SQL NULL.
 * @throws ApiError
 */
export async function wholeValue(
  state: GridState,
  view: GridView,
  row: number,
  position: number,
): Promise<string | null> {
  const cell = view.cellAt(row, position);
  if (cell !== undefined && trueLength(cell) === null) return textOf(cell);
  const { result, viewId } = state;
  if (result === null) return null;
  const cellRef = { resultId: result.resultId, viewId, row, column: position };
  const { text } = await call('results.cellPart', { ...cellRef, offset: 0, length: longestFilterValue });
  return text;
}

/** The filter that keeps, or leaves out, the rows with the value of a cell. */
export const filterOfValue = (column: number, value: string | null, keeps: boolean): ColumnFilter =>
  value === null
    ? { column, operator: keeps ? 'null' : 'not-null', value: '' }
    : { column, operator: keeps ? 'equals' : 'differs', value };

/** Puts the whole value of a cell on the clipboard, as it is. */
export async function copyCell({ resultId, viewId, row, column }: InspectorTarget): Promise<void> {
  const ranges = [{ fromRow: row, toRow: row, columns: [column] }];
  await copyRanges({ resultId, viewId, ranges }, 1, 'tsv', false, null);
}
