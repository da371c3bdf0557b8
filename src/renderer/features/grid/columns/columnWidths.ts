import type { ResultColumn, WindowCell } from '../../../../shared/model/results.ts';
import { textOf } from '../cells/cellText.ts';

const minWidthPx = 64;
/** Unless there is room to spare. */
const usualMaxWidthPx = 340;
const maxWidthPx = 1_200;
/** With the marks of sort and filter, and the button of the menu. */
const headerPaddingPx = 44;
const paddingPx = 22;
/** One letter of the grid's 12 px monospaced font, and of the header's. */
const letterWidthPx = 7.3;
const headerLetterWidthPx = 7.2;

/** Wide letters of East Asian scripts and emoji; https://www.unicode.org/reports/tr11/ in its coarse ranges. */
const wideLetter =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Letters that would be clipped anyway are not counted. */
function letterCount(text: string, maxPx: number): number {
  let count = 0;
  for (const letter of text.slice(0, Math.ceil(maxPx / letterWidthPx)))
    count += wideLetter.test(letter) ? 2 : 1;
  return count;
}

type Cells = Iterable<WindowCell | undefined>;

/** Width in pixels that shows the head of a column, and most of the cells given. */
export function fittingWidth(column: ResultColumn, cells: Cells, maxPx = maxWidthPx): number {
  let width = Math.max(
    letterCount(column.name, maxPx) * headerLetterWidthPx + headerPaddingPx,
    letterCount(column.type, maxPx) * 6.6 + paddingPx,
  );
  for (const cell of cells) {
    if (cell === undefined) continue;
    width = Math.max(width, letterCount(textOf(cell) ?? 'NULL', maxPx) * letterWidthPx + paddingPx);
  }
  return Math.round(Math.min(maxPx, Math.max(minWidthPx, width)));
}

/**
 * Widths in pixels of all columns. What is long is cut off, unless there is room to spare: that is shared by the columns
 * that are cut off, and each takes only what it needs.
 */
export function fittingWidths(
  columns: readonly ResultColumn[],
  cellsOf: (position: number) => Cells,
  roomPx: number,
): number[] {
  const widths = columns.map((column, at) => fittingWidth(column, cellsOf(at), usualMaxWidthPx));
  let spare = roomPx - widths.reduce((sum, width) => sum + width, 0);
  if (spare <= 0) return widths;
  const lacking = columns
    .map((column, at) => ({ at, lack: fittingWidth(column, cellsOf(at)) - (widths[at] ?? 0) }))
    .filter(({ lack }) => lack > 0)
    .sort((left, right) => left.lack - right.lack);
  for (const [done, { at, lack }] of lacking.entries()) {
    const more = Math.min(lack, Math.floor(spare / (lacking.length - done)));
    widths[at] = (widths[at] ?? 0) + more;
    spare -= more;
  }
  return widths;
}

/** Before any cell is here. */
export const headerWidths = (columns: readonly ResultColumn[]): number[] =>
  columns.map((column) => fittingWidth(column, [], usualMaxWidthPx));
