import type { ResultId, ResultWindow, WindowInput } from '../../../../shared/model/results.ts';
import { call } from '../../../lib/api.ts';
import type { GridResult } from '../gridTypes.ts';
import { pageInput, pageRowCount } from './pages.ts';

/** The result that was read ahead last, and its first page until a grid takes it. */
let ahead: { readonly resultId: ResultId; readonly page: Promise<ResultWindow> | null } | null = null;

/** Asks for the first page of a result, so that it is on its way while the grid is drawn. */
export function readAhead({ resultId, columns, rowCount, isComplete }: GridResult): void {
  // A page that is not whole yet would have to be read again.
  const isWhole = rowCount >= pageRowCount || isComplete;
  if (ahead?.resultId === resultId || columns.length === 0 || rowCount === 0 || !isWhole) return;
  const page = call(
    'results.window',
    pageInput({ resultId, viewId: null, columnCount: columns.length }, 0, 0),
  );
  // Told to the grid that takes it.
  page.catch(() => undefined);
  ahead = { resultId, page };
}

/** Reads cells of a result, unless they are on their way. */
export function readWindow(input: WindowInput, signal: AbortSignal): Promise<ResultWindow> {
  const { resultId, viewId, fromRow, fromColumn } = input;
  const isFirst = viewId === null && fromRow === 0 && fromColumn === 0;
  if (isFirst && ahead?.resultId === resultId && ahead.page !== null) {
    const { page } = ahead;
    ahead = { resultId, page: null };
    return page;
  }
  return call('results.window', input, { signal });
}
