import type { ResultColumn, WindowCell } from '../../../../shared/model/results.ts';
import { textOf } from '../cells/cellText.ts';

const minWidthPx = 64;
const maxWidthPx = 340;
/** With the marks of sort and filter, and the button of the menu. */
const headerPaddingPx = 44;
const paddingPx = 22;
/** One letter of the grid's 12 px monospaced font, and of the header's. */
const letterWidthPx = 7.3;
const headerLetterWidthPx = 7.2;
/** Longer text is clipped anyway. */
const longestLetterCount = Math.ceil(maxWidthPx / letterWidthPx);

/** Wide letters of East Asian scripts and emoji; https://www.unicode.org/reports/tr11/ in its coarse ranges. */
const wideLetter =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

function letterCount(text: string): number {
  let count = 0;
  for (const letter of text.slice(0, longestLetterCount)) count += wideLetter.test(letter) ? 2 : 1;
  return count;
}

/** Width in pixels that shows the head of a column, and most of the cells given. */
export function fittingWidth(column: ResultColumn, cells: Iterable<WindowCell | undefined>): number {
  let width = Math.max(
    letterCount(column.name) * headerLetterWidthPx + headerPaddingPx,
    letterCount(column.type) * 6.6 + paddingPx,
  );
  for (const cell of cells) {
    if (cell === undefined) continue;
    width = Math.max(width, letterCount(textOf(cell) ?? 'NULL') * letterWidthPx + paddingPx);
  }
  return Math.round(Math.min(maxWidthPx, Math.max(minWidthPx, width)));
}

/** Before any cell is here. */
export const headerWidths = (columns: readonly ResultColumn[]): number[] =>
  columns.map((column) => fittingWidth(column, []));
