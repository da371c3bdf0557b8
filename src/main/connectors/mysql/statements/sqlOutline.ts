import type { LexicalModes } from '../../../../shared/sql/SqlLanguage.ts';
import { outlineText } from '../../sql/outlineText.ts';

/** What begins at a place, how it ends, and what stands for it. The first that fits counts; the last one is a word. */
const parts: readonly (readonly [begins: RegExp, closing: string | null, outline: string | null])[] = [
  [/\s+/y, null, ' '],
  [/#[^\n\0]*/y, null, ' '],
  // A dash more, and it is arithmetic: `1--1`. Only a space or control character of ASCII makes it a comment.
  [/--(?=[^!-~\u0080-\uffff]|$)[^\n\0]*/y, null, ' '],
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
 * @param names `shown`: quoted names are words too, as the server takes them for settings
 */
export function sqlOutline(text: string, modes: LexicalModes, names: 'hidden' | 'shown' = 'hidden'): string {
  const outline: string[] = [];
  let offset = 0;
  mayBegin.lastIndex = 0;
  for (let found = mayBegin.exec(text); found !== null; found = mayBegin.exec(text)) {
    const { index } = found;
    const part = partAt(text, index, modes);
    const isShown = names === 'shown' && isQuotedName(text[index], modes);
    outline.push(text.slice(offset, index), isShown ? text.slice(index + 1, part.end - 1) : part.outline);
    offset = part.end;
    mayBegin.lastIndex = offset;
  }
  outline.push(text.slice(offset));
  return outlineText(outline);
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

function isQuotedName(quote: string | undefined, { quotedNames }: LexicalModes): boolean {
  return quote === '`' || (quotedNames && quote === '"');
}

/** The strings of a statement with the values that they have, in order. */
export function stringValues(text: string, modes: LexicalModes): readonly string[] {
  const values: string[] = [];
  mayBegin.lastIndex = 0;
  for (let found = mayBegin.exec(text); found !== null; found = mayBegin.exec(text)) {
    const { index } = found;
    const { end } = partAt(text, index, modes);
    const quote = text[index] ?? '';
    if (quote === "'" || quote === '"') {
      const hasEscapes = modes.backslashEscapes && !isQuotedName(quote, modes);
      values.push(stringValue(text.slice(index + 1, end - 1), quote, hasEscapes));
    }
    mayBegin.lastIndex = end;
  }
  return values;
}

/** A backslash before any other character is left out, but for those two that LIKE reads. */
const escapes: Readonly<Record<string, string>> = {
  ...{ '0': '\0', b: '\b', n: '\n', r: '\r', t: '\t', Z: '\x1a', '%': '\\%', _: '\\_' },
};

function stringValue(content: string, quote: string, hasEscapes: boolean): string {
  const part = quote === "'" ? /''|\\([\s\S])/g : /""|\\([\s\S])/g;
  return content.replace(part, (found, character: string | undefined) => {
    if (character === undefined) return quote;
    return hasEscapes ? (escapes[character] ?? character) : found;
  });
}

const mostConditional = 3;
const lexicalMark = /['"`#]|--|\/\*/;

/**
 * The texts that a server may read one for. What stands in a comment that it runs (`/*! … *\/`) is read or left out,
 * depending on its product and version.
 * @returns null when there are too many of them, or such a comment has something in it that decides where the next part of
 *   the statement begins
 */
export function readingsOf(text: string, modes: LexicalModes): readonly string[] | null {
  const comments = conditionalComments(text, modes);
  if (comments.length > mostConditional) return null;
  let readings = [''];
  let offset = 0;
  for (const { start, content, end } of comments) {
    if (lexicalMark.test(content)) return null;
    const before = text.slice(offset, start);
    readings = readings.flatMap((reading) => [`${reading}${before} ${content} `, `${reading}${before} `]);
    offset = end;
  }
  return readings.map((reading) => reading + text.slice(offset));
}

function conditionalComments(text: string, modes: LexicalModes) {
  const comments: { readonly start: number; readonly content: string; readonly end: number }[] = [];
  const opening = /\/\*M?!\d*/y;
  mayBegin.lastIndex = 0;
  for (let found = mayBegin.exec(text); found !== null; found = mayBegin.exec(text)) {
    const { index } = found;
    opening.lastIndex = index;
    if (opening.test(text)) {
      const end = after(text, '*/', opening.lastIndex);
      comments.push({ start: index, content: text.slice(opening.lastIndex, end).replace(/\*\/$/, ''), end });
      mayBegin.lastIndex = end;
    } else mayBegin.lastIndex = partAt(text, index, modes).end;
  }
  return comments;
}

/** The word with which the outline begins, or nothing. What comes after it is not read. */
export function firstWord(text: string): string {
  for (let offset = 0; offset < text.length; ) {
    const { outline, end } = nextPart(text, offset);
    if (outline !== ' ' && outline !== ';') return /^\w+/.exec(outline.toUpperCase())?.[0] ?? '';
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
