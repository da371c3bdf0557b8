import { firstCharacters } from '../../../shared/model/characters.ts';
import type { Cell } from '../../../shared/model/rowBatch.ts';
import type { CellRange } from './gridSelection.ts';
import type { Row } from './previewState.ts';

/** Letters of a cell that are drawn; no column is wide enough for more. */
const drawnLength = 200;

/** What the window has of a value; null is SQL NULL. */
export const textOf = (cell: Cell): string | null =>
  cell === null || typeof cell === 'string' ? cell : cell.start;

export const isShortened = (cell: Cell): boolean => cell !== null && typeof cell !== 'string';

/** A text on one line: line breaks and tabs as signs, the rest as it is. */
export function oneLine(text: string): string {
  const start = firstCharacters(text, drawnLength);
  const drawn = start.length < text.length ? `${start}…` : start;
  return drawn.replace(/\r\n|[\r\n\u2028\u2029]/g, '↵').replaceAll('\t', '⇥');
}

const needsQuotes = /["\t\r\n]/;

/** A row as tab-separated text as spreadsheets read it: NULL is empty, what would break the line is quoted. */
function rowAsText(row: Row): string {
  return row
    .map((cell) => {
      const text = textOf(cell) ?? '';
      return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join('\t');
}

/** The cells of a range, row by row. */
const cellsIn = (rows: readonly Row[], { firstRow, lastRow, firstColumn, lastColumn }: CellRange): Row[] =>
  rows.slice(firstRow, lastRow + 1).map((row) => row.slice(firstColumn, lastColumn + 1));

/** A range as text to be copied: one value as it is, several as tab-separated text. */
export function rangeAsText(rows: readonly Row[], range: CellRange): string {
  const cells = cellsIn(rows, range);
  const [only, ...others] = cells.flat();
  if (only !== undefined && others.length === 0) return textOf(only) ?? '';
  return cells.map(rowAsText).join('\n');
}

/** How many values of a range the window has only the beginning of. */
export const shortenedCount = (rows: readonly Row[], range: CellRange): number =>
  cellsIn(rows, range).flat().filter(isShortened).length;
