import { outlineText } from '../../sql/outlineText.ts';

/** Where a quoted part ends, from its first character on; the end of the text when nothing closes it, as for the server. */
type FindEnd = (text: string, start: number) => number;

function after(text: string, closing: string, start: number): number {
  const index = text.indexOf(closing, start);
  return index < 0 ? text.length : index + closing.length;
}

/** Comments nest (manual, "Lexical Structure"). */
const endOfComment: FindEnd = (text, start) => {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return text.length;
};

const endOfDollarQuote: FindEnd = (text, start) => {
  const tag = text.slice(start, after(text, '$', start + 1));
  return after(text, tag, start + tag.length);
};

/** `''` inside a string is two strings here, which makes no difference to an outline. */
const endOfEscapes: FindEnd = (text, start) => {
  const part = /\\[\s\S]|'/g;
  part.lastIndex = text.indexOf("'", start) + 1;
  for (let found = part.exec(text); found !== null; found = part.exec(text)) {
    if (found[0] === "'") return part.lastIndex;
  }
  return text.length;
};

/** What begins at a place, how it ends, and what stands for it. The first that fits counts; the last one is a word. */
const parts: readonly (readonly [begins: RegExp, end: FindEnd | null, outline: string | null])[] = [
  [/\s+/y, null, ' '],
  // The server ends such a comment at either end of a line.
  [/--[^\n\r]*/y, null, ' '],
  [/\/\*/y, endOfComment, ' '],
  [/e'/iy, endOfEscapes, " ' "],
  [/'/y, (text, start) => after(text, "'", start + 1), " ' "],
  [/"/y, (text, start) => after(text, '"', start + 1), ' " '],
  [/\$(?:[a-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/iy, endOfDollarQuote, " ' "],
  [/[\w$\u0080-\uffff]+|[\s\S]/y, null, null],
];

/** What stands for the part that begins at an offset, and where the part ends. */
function partAt(
  text: string,
  offset: number,
  hasEscapes: boolean,
): { readonly outline: string; readonly end: number } {
  if (hasEscapes && text[offset] === "'") return { outline: " ' ", end: endOfEscapes(text, offset) };
  for (const [begins, findEnd, replacement] of parts) {
    begins.lastIndex = offset;
    const [found] = begins.exec(text) ?? [];
    if (found === undefined) continue;
    return {
      outline: replacement ?? found,
      end: findEnd === null ? begins.lastIndex : findEnd(text, offset),
    };
  }
  // Not reached: the last one fits.
  return { outline: '', end: text.length };
}

/** Where a part may begin for which something else stands. All between is words and signs, and stays. */
const mayBegin = /--|\/\*|['"]|e'|\$(?:[a-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/gi;
const wordCharacter = /[\w$\u0080-\uffff]/;

/**
 * The words of a statement in upper case, with `'` for each string, `"` for each quoted name, and without comments and the
 * empty statements before it: enough to see what kind of statement it is. Takes one pass, whatever the text.
 * @param hasEscapes whether a backslash in a plain string hides the next character (not with standard_conforming_strings)
 */
export function sqlOutline(text: string, hasEscapes: boolean): string {
  const outline: string[] = [];
  let offset = 0;
  mayBegin.lastIndex = 0;
  for (let found = mayBegin.exec(text); found !== null; found = mayBegin.exec(text)) {
    const { index } = found;
    // Inside of a word an `e` or a dollar is a character like others.
    const isInWord = index > offset && wordCharacter.test(text[index - 1] ?? '');
    if (isInWord && wordCharacter.test(found[0])) {
      mayBegin.lastIndex = index + 1;
      continue;
    }
    const part = partAt(text, index, hasEscapes);
    outline.push(text.slice(offset, index), part.outline);
    offset = part.end;
    mayBegin.lastIndex = offset;
  }
  outline.push(text.slice(offset));
  return outlineText(outline);
}

/** Whether a part for which something else stands, such as a comment, begins at an offset: not inside of another one. */
export function beginsPart(text: string, offset: number, hasEscapes: boolean): boolean {
  let end = 0;
  mayBegin.lastIndex = 0;
  for (let found = mayBegin.exec(text); found !== null; found = mayBegin.exec(text)) {
    const { index } = found;
    if (index >= offset) return index === offset;
    const isInWord = index > end && wordCharacter.test(text[index - 1] ?? '') && wordCharacter.test(found[0]);
    if (!isInWord) ({ end } = partAt(text, index, hasEscapes));
    mayBegin.lastIndex = isInWord ? index + 1 : end;
  }
  return false;
}

/** The word with which the outline begins, or nothing. What comes after it is not read. */
export function firstWord(text: string): string {
  for (let offset = 0; offset < text.length; ) {
    const { outline, end } = partAt(text, offset, false);
    if (outline !== ' ' && outline !== ';') return /^\w+/.exec(outline.toUpperCase())?.[0] ?? '';
    offset = end;
  }
  return '';
}
