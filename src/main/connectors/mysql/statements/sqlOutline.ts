import type { LexicalModes } from '../../../../shared/sql/SqlLanguage.ts';

/** What begins at a place, how it ends, and what stands for it. The first that fits counts; the last one is a word. */
const parts: readonly (readonly [begins: RegExp, closing: string | null, outline: string | null])[] = [
  [/\s+/y, null, ' '],
  [/#[^\n]*/y, null, ' '],
  // A dash more, and it is arithmetic: `1--1`.
  [/--(?:\s[^\n]*|$)/y, null, ' '],
  // What the server runs although it looks like a comment.
  [/\/\*M?!\d*/y, null, ' '],
  [/\/\*/y, '*/', ' '],
  [/`/y, '`', ' ` '],
  [/\*\//y, null, ' '],
  [/[\w$\u0080-\uffff]+|[\s\S]/y, null, null],
];

/** A string or a quoted name from its first character on. A backslash hides the next character, if the session reads it so. */
function endOfString(text: string, start: number, hasEscapes: boolean): number {
  const quote = text[start];
  let index = start + 1;
  while (index < text.length) {
    if (hasEscapes && text[index] === '\\') index += 2;
    else if (text[index] !== quote) index += 1;
    else return index + 1;
  }
  return text.length;
}

/**
 * The words of a statement in upper case, with `'` for each string and each text in double quotes, a backtick for each
 * quoted name, and without comments; those that the server runs (`/*! … *\/`) are words like others. Enough to see what
 * kind of statement it is. Takes one pass, whatever the text.
 * @param modes how the session reads quotes and backslashes
 */
export function sqlOutline(text: string, { backslashEscapes, quotedNames }: LexicalModes): string {
  let outline = '';
  let offset = 0;
  while (offset < text.length) {
    const isString = text[offset] === "'" || text[offset] === '"';
    const hasEscapes = backslashEscapes && !(quotedNames && text[offset] === '"');
    const part = isString
      ? { outline: " ' ", end: endOfString(text, offset, hasEscapes) }
      : nextPart(text, offset);
    outline += part.outline;
    offset = part.end;
  }
  return outline.replace(/\s+/g, ' ').trim().toUpperCase();
}

function nextPart(text: string, offset: number): { readonly outline: string; readonly end: number } {
  for (const [begins, closing, outline] of parts) {
    begins.lastIndex = offset;
    const [found] = begins.exec(text) ?? [];
    if (found === undefined) continue;
    const end = closing === null ? begins.lastIndex : after(text, closing, begins.lastIndex);
    return { outline: outline ?? found, end };
  }
  return { outline: '', end: text.length };
}

function after(text: string, closing: string, start: number): number {
  const index = text.indexOf(closing, start);
  return index < 0 ? text.length : index + closing.length;
}
