import { formatCount, plural } from '../lib/format.ts';

export const rowsText = {
  grid: (relation: string) => `Rows of ${relation}`,
  null: 'NULL',
  loading: 'Loading rows…',
  loaded: (count: number) => `Loading… ${plural(count, 'row', 'rows')} so far`,
  firstRows: (count: number) => `First ${plural(count, 'row', 'rows')}, in server order`,
  allRows: (count: number) => (count === 1 ? '1 row' : `All ${plural(count, 'row', 'rows')}`),
  cancelled: (count: number) =>
    count === 0 ? 'Cancelled' : `Cancelled after ${plural(count, 'row', 'rows')}`,
  failed: (count: number) => (count === 0 ? 'Failed' : `Failed after ${plural(count, 'row', 'rows')}`),
  noRows: 'No rows',
  noRowsMessage: 'This table or view is empty, or its rows are not visible to this user.',
  noColumns: (count: number) => `${plural(count, 'row', 'rows')} without columns`,
  cancelledTitle: 'Loading was cancelled',
  reload: 'Reload rows',
  copyCells: (count: number) => (count === 1 ? 'Copy cell' : `Copy ${formatCount(count)} cells`),
  copyRows: (count: number) => (count === 1 ? 'Copy row' : `Copy ${formatCount(count)} rows`),
  copiedShortened: (count: number) =>
    count === 1
      ? 'Copied. 1 long value was truncated.'
      : `Copied. ${formatCount(count)} long values were truncated.`,
  viewCell: 'Show value',
  rowNumber: 'Row number',
  inspector: {
    title: 'Value',
    close: 'Close value',
    position: (column: string, row: number) => `${column}, row ${formatCount(row)}`,
    length: (count: number) => plural(count, 'character', 'characters'),
    empty: 'Empty text',
    shortened: (shown: number, length: number) =>
      `First ${formatCount(shown)} of ${plural(length, 'character', 'characters')}`,
    null: 'NULL: the row has no value in this column.',
    copy: 'Copy value',
  },
};
