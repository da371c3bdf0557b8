import { firstCharacters } from '../../../../shared/model/characters.ts';
import type { WindowCell } from '../../../../shared/model/results.ts';

/** Letters of a cell that are drawn; no column is wide enough for more. */
const drawnLength = 300;

/** What the window has of a value; null is SQL NULL. */
export const textOf = (cell: WindowCell): string | null =>
  cell === null || typeof cell === 'string' ? cell : cell.start;

/** The length of a value of which the window has only the beginning; null for one that is whole. */
export const trueLength = (cell: WindowCell): number | null =>
  cell === null || typeof cell === 'string' ? null : cell.length;

/** A piece of a cell: text as it is, or the sign for something that has none. */
export interface CellPiece {
  readonly text: string;
  readonly isMark: boolean;
}

/** Control characters, blanks that are no plain blank, marks that change reading direction, letters of no width but joiners. */
const special =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is shown
  /[\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff\ufff9-\ufffb]/;
/** Blanks at an end, or nothing but blanks. */
const endBlank = /^ | $/;
const pieces = new RegExp(`^ +| +$|\\r\\n|${special.source}`, 'g');

/** Whether a text shows all of itself. Most do. */
export const isPlain = (text: string): boolean => !special.test(text) && !endBlank.test(text);

/** A text on one line in which everything can be seen. */
export function cellPieces(text: string): CellPiece[] {
  const start = firstCharacters(text, drawnLength);
  const isCut = start.length < text.length;
  const found: CellPiece[] = [];
  let end = 0;
  for (const match of start.matchAll(pieces)) {
    // What is a blank inside of the text is none at the end of what is drawn.
    if (isCut && match[0].startsWith(' ') && match.index > 0) continue;
    if (match.index > end) found.push({ text: start.slice(end, match.index), isMark: false });
    found.push({ text: markOf(match[0]), isMark: true });
    end = match.index + match[0].length;
  }
  if (end < start.length) found.push({ text: start.slice(end), isMark: false });
  if (isCut) found.push({ text: '…', isMark: true });
  return found;
}

/** A plain text as it is drawn. */
export function drawnText(text: string): string {
  return text.length <= drawnLength ? text : `${firstCharacters(text, drawnLength)}…`;
}

function markOf(found: string): string {
  if (found.startsWith(' ')) return '·'.repeat(found.length);
  if (found === '\r\n' || found === '\n' || found === '\r' || found === '\u2028' || found === '\u2029')
    return '⏎';
  if (found === '\t') return '⇥';
  if (found === '\u00a0') return '⍽';
  // Unicode has pictures of the control characters too, but most fonts do not.
  return `⟨U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
