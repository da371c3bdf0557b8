import type { CopyFormat, FileFormat, FilterOperator } from '../../shared/model/results.ts';
import { formatBytes, formatCount, plural } from '../lib/format.ts';
import { takesValue } from '../lib/takesValue.ts';

const operators: Record<FilterOperator, string> = {
  equals: 'is',
  differs: 'is not',
  contains: 'contains',
  excludes: 'does not contain',
  starts: 'starts with',
  ends: 'ends with',
  less: 'less than',
  'at-most': 'at most',
  greater: 'greater than',
  'at-least': 'at least',
  null: 'is NULL',
  'not-null': 'is not NULL',
};

const copyFormats: Record<CopyFormat, string> = {
  tsv: 'Tab-separated text',
  csv: 'CSV',
  json: 'JSON',
  markdown: 'Markdown table',
  'sql-insert': 'SQL INSERT',
  'in-list': 'IN list',
};

const fileFormats: Record<FileFormat['type'], string> = {
  csv: 'CSV',
  json: 'JSON',
  ndjson: 'NDJSON',
};

const cells = (count: number): string => plural(count, 'cell', 'cells');
const rows = (count: number): string => plural(count, 'row', 'rows');

/** Words of the grid, its menus, find bar and dialogs. */
export const gridText = {
  null: 'NULL',
  empty: 'empty',
  length: (count: number) => `${formatCount(count)} characters`,
  rowNumber: 'Row number',
  selectAll: 'Select all cells',
  unnamed: '(no name)',
  columnHint: (name: string, type: string) =>
    `${name}\n${type}\nClick to sort, Shift+click to add to the sort, Ctrl+click to select, drag to move`,
  columnMenu: (name: string) => `Menu of column ${name}`,
  noRows: 'No rows',
  noMatches: 'No row matches the filters',
  noColumns: (count: number) => `${rows(count)} without columns`,
  waiting: 'Waiting for rows…',
  filtered: 'Filtered',
  clearFilters: 'Clear filters',
  arranging: 'Sorting and filtering',
  menu: {
    ascending: 'Sort ascending',
    descending: 'Sort descending',
    addAscending: 'Then by this column, ascending',
    addDescending: 'Then by this column, descending',
    unsort: 'Remove from sort',
    filter: 'Filter…',
    select: 'Select column',
    fit: 'Fit to content',
    hide: 'Hide column',
    showAll: (count: number) => `Show ${plural(count, 'hidden column', 'hidden columns')}`,
    freeze: 'Freeze up to this column',
    unfreeze: 'Unfreeze columns',
    moveLeft: 'Move left',
    moveRight: 'Move right',
    copyName: 'Copy name',
  },
  cellMenu: {
    copy: (count: number) => (count === 1 ? 'Copy' : `Copy ${cells(count)}`),
    copyWithHeader: 'Copy with column names',
    copyAs: 'Copy as',
    withNames: 'With column names',
    inspect: 'Show in inspector',
    follow: (relation: string) => `Go to row of ${relation}`,
    filterBy: 'Filter by this value',
    filterOut: 'Filter this value out',
    save: 'Save rows to a file…',
  },
  copyFormats,
  copying: (count: number) => `Copying ${cells(count)}`,
  copied: (cellCount: number, byteCount: number) => `Copied ${cells(cellCount)}, ${formatBytes(byteCount)}`,
  operators,
  filter: {
    title: (column: string) => `Filter ${column}`,
    operator: 'Operator',
    value: 'Value',
    apply: 'Apply',
    remove: 'Remove filter',
    here: 'on this computer',
    byApi: 'by the API',
    sortedHere: 'Sorted on this computer, over all rows',
    chip: (column: string, operator: FilterOperator, value: string) =>
      takesValue(operator)
        ? `${column} ${operators[operator]} ${value === '' ? '(empty text)' : value}`
        : `${column} ${operators[operator]}`,
    bar: 'Filters',
    change: (text: string) => `Change filter: ${text}`,
    removeOne: (text: string) => `Remove filter: ${text}`,
  },
  find: {
    label: 'Find in rows',
    next: 'Next match',
    previous: 'Previous match',
    close: 'Close find',
    matchCase: 'Match case',
    none: 'No matches',
    noneSoFar: 'No matches in the loaded rows',
    searching: 'Searching…',
    wrapped: 'Continued from the other end',
    at: (row: number) => `Row ${formatCount(row)}`,
    work: (text: string) => `Finding “${text}”`,
  },
  status: {
    rows: (count: number, isComplete: boolean) => (isComplete ? rows(count) : `${rows(count)} so far`),
    filtered: (count: number, of: number) => `${formatCount(count)} of ${rows(of)}`,
    count: (count: number) => `Count ${formatCount(count)}`,
    nulls: (count: number) => `NULL ${formatCount(count)}`,
    distinct: (count: number) => `Distinct ${formatCount(count)}`,
    sum: (value: string) => `Sum ${value}`,
    average: (value: string) => `Avg ${value}`,
    minimum: (value: string) => `Min ${value}`,
    maximum: (value: string) => `Max ${value}`,
  },
  progress: (rowCount: number, byteCount: number) =>
    byteCount === 0 ? rows(rowCount) : `${rows(rowCount)}, ${formatBytes(byteCount)}`,
  save: {
    title: 'Save rows',
    format: 'Format',
    formats: fileFormats,
    preset: 'Preset',
    presets: { plain: 'Standard', german: 'German Excel', own: 'Custom' },
    separator: 'Separator',
    separators: { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Vertical bar' },
    decimalComma: 'Decimal comma',
    header: 'Column names in the first line',
    bom: 'Byte order mark, which Excel needs to read UTF-8',
    lineEnd: 'Line ends',
    lineEnds: { '\n': 'LF', '\r\n': 'CRLF' },
    nullText: 'NULL as',
    nullHint: 'Empty text is always written as "".',
    escapesFormulas: "Put ' before cells that a spreadsheet would run as a formula",
    submit: 'Choose file…',
    ndjsonHint: 'One JSON object for each line.',
    jsonHint: 'One array of objects. Numbers keep all their digits.',
    working: (name: string) => `Saving ${name}`,
    done: (fileName: string, rowCount: number, byteCount: number) =>
      `Saved ${fileName}: ${rows(rowCount)}, ${formatBytes(byteCount)}`,
    resultName: 'result',
  },
};
