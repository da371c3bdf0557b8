import { textOf } from './cellText.ts';
import type { Field, Row } from './previewState.ts';

const minWidthPx = 64;
const maxWidthPx = 340;
const paddingPx = 22;
/** One letter of the grid's 12 px monospaced font. */
const letterWidthPx = 7.3;
/** Rows looked at: enough to guess well, few enough to be free. */
const sampleCount = 100;
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

/** Widths in pixels that show most of what the first rows hold. Later rows do not change them: columns must not jump. */
export function columnWidths(fields: readonly Field[], rows: readonly Row[]): readonly number[] {
  const sample = rows.slice(0, sampleCount);
  return fields.map(({ name, type }, column) => {
    const longest = sample.reduce(
      (count, row) => Math.max(count, letterCount(textOf(row[column] ?? null) ?? 'NULL')),
      Math.max(letterCount(name) + 1, letterCount(type)),
    );
    return Math.round(Math.min(maxWidthPx, Math.max(minWidthPx, longest * letterWidthPx + paddingPx)));
  });
}
