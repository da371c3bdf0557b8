/** Widths of letters in Inter, in units of the font size; all others are as wide as most small letters. */
const widths: readonly (readonly [letters: string, width: number])[] = [
  [" .,:;'|!ijlI", 0.29],
  ['frt()[]{}"-/\\`*', 0.38],
  ['sczkvxyJ_?', 0.54],
  ['ABCDEFGHKLNOPQRSTUVXYZ#&', 0.7],
  ['mwMW%@+<>=~', 0.87],
];
const widthOf = new Map(
  widths.flatMap(([letters, width]) => [...letters].map((letter) => [letter, width] as const)),
);
const usualWidth = 0.6;
/** Chinese, Japanese and Korean, and pictures. */
const wide = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\u{1f000}-\u{3ffff}]/u;

const letterWidth = (letter: string): number => widthOf.get(letter) ?? (wide.test(letter) ? 1 : usualWidth);

/**
 * About how wide a text is. An estimate and no measurement, so that a diagram is the same on every computer, and fits also
 * where a file is opened without the font.
 */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const letter of text) width += letterWidth(letter);
  return Math.ceil(width * fontSize);
}

/** The text, or as much of its beginning as fits. */
export function fittingText(text: string, fontSize: number, room: number): string {
  if (textWidth(text, fontSize) <= room) return text;
  let fitting = '';
  let left = room / fontSize - usualWidth * 1.4;
  for (const letter of text) {
    left -= letterWidth(letter);
    if (left < 0) break;
    fitting += letter;
  }
  return `${fitting}…`;
}
