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

/** Where a part may begin for which something else stands. All between is words and signs, and stays. */
const mayBegin = /--|\/\*|\*\/|['"`#]/g;

/**
 * The words of a statement in upper case, with `'` for each string and each text in double quotes, a backtick for each
 * quoted name, and without comments; those that the server runs (`/*! … *\/`) are words like others. Enough to see what
 * kind of statement it is. Takes one pass, whatever the text.
 * @param modes how the session reads quotes and backslashes
 */
export function sqlOutline(text: string, modes: LexicalModes): string {
  const outline: string[] = [];
  let offset = 0;
  mayBegin.lastIndex = 0;
  for (let found = mayBegin.exec(text); found !== null; found = mayBegin.exec(text)) {
    const { index } = found;
    const part = partAt(text, index, modes);
    outline.push(text.slice(offset, index), part.outline);
    offset = part.end;
    mayBegin.lastIndex = offset;
  }
  outline.push(text.slice(offset));
  return outline.join('').replace(/\s+/g, ' ').trim().toUpperCase();
}

/**
 * Whether a part for which something else stands, such as a comment, begins at an offset: not inside of another one. What
 * the server runs inside of a comment may be read otherwise by its next version: then the answer is no.
 */
export function beginsPart(text: string, offset: number, modes: LexicalModes): boolean {
  mayBegin.lastIndex = 0;
  for (let found = mayBegin.exec(text); found !== null; found = mayBegin.exec(text)) {
    const { index } = found;
    if (index >= offset) return index === offset;
    if (runComment.test(text.slice(index, index + 4))) return false;
    mayBegin.lastIndex = partAt(text, index, modes).end;
  }
  return false;
}

const runComment = /^\/\*M?!/;

/** The word with which the outline begins, or nothing. What comes after it is not read. */
export function firstWord(text: string): string {
  for (let offset = 0; offset < text.length; ) {
    const { outline, end } = nextPart(text, offset);
    if (outline !== ' ') return /^\w+/.exec(outline.toUpperCase())?.[0] ?? '';
    offset = end;
  }
  return '';
}

function partAt(text: string, offset: number, { backslashEscapes, quotedNames }: LexicalModes) {
  const quote = text[offset];
  if (quote !== "'" && quote !== '"') return nextPart(text, offset);
  const hasEscapes = backslashEscapes && !(quotedNames && quote === '"');
  return { outline: " ' ", end: endOfString(text, offset, hasEscapes) };
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
