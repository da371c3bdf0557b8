import type { ResultId, ViewId, WindowInput } from '../../../../shared/model/results.ts';

/** Rows and columns of one page: enough for two views, and small enough to be here at once. */
export const pageRowCount = 100;
export const pageColumnCount = 50;

interface PagedResult {
  readonly resultId: ResultId;
  readonly viewId: ViewId;
  readonly columnCount: number;
}

/** What is asked of main for the page that begins at a row and a column. */
export const pageInput = (
  { resultId, viewId, columnCount }: PagedResult,
  fromRow: number,
  fromColumn: number,
): WindowInput => ({
  resultId,
  viewId,
  fromRow,
  rowCount: pageRowCount,
  fromColumn,
  columnCount: Math.max(1, Math.min(pageColumnCount, columnCount - fromColumn)),
});
