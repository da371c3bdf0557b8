import type { Row } from './previewState.ts';

/** Letters of a cell that are drawn; no column is wide enough for more. */
const drawnLength = 200;

/** A cell on one line: line breaks and tabs as signs, the rest as it is. */
export function oneLine(cell: string): string {
  const drawn = cell.length > drawnLength ? `${cell.slice(0, drawnLength)}…` : cell;
  return drawn.replace(/\r\n|[\r\n\u2028\u2029]/g, '↵').replaceAll('\t', '⇥');
}

const needsQuotes = /["\t\r\n]/;

/** A row as tab-separated text as spreadsheets read it: NULL is empty, what would break the line is quoted. */
export function rowAsText(row: Row): string {
  return row
    .map((cell) => {
      if (cell === null) return '';
      return needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
    })
    .join('\t');
}
