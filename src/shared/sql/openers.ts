import type { Opener } from './LexicalRules.ts';

/** The parts of which an engine puts together its comments, strings and names. What is not closed goes to the end. */

const backslash = 92;
const carriageReturn = 13;

/** @returns the offset behind the next `closing` */
export const after = (text: string, closing: string, from: number): number => {
  const index = text.indexOf(closing, from);
  return index < 0 ? text.length : index + closing.length;
};

const endOfLine = (text: string, from: number, endsAtReturn: boolean): number => {
  const newline = text.indexOf('\n', from);
  const end = newline < 0 ? text.length : newline;
  if (!endsAtReturn) return end;
  for (let index = from; index < end; index += 1) if (text.charCodeAt(index) === carriageReturn) return index;
  return end;
};

/**
 * A comment up to the end of its line, without the line break.
 * @param opening what it begins with, sticky
 * @param endsAtReturn whether a carriage return alone ends the line
 */
export const lineComment = (opening: RegExp, endsAtReturn: boolean): Opener => ({
  kind: 'comment',
  endAt: (text, from) => {
    opening.lastIndex = from;
    return opening.test(text) ? endOfLine(text, opening.lastIndex, endsAtReturn) : -1;
  },
});

/** @param pattern sticky */
export const matched = (kind: Opener['kind'], pattern: RegExp): Opener => ({
  kind,
  endAt: (text, from) => {
    pattern.lastIndex = from;
    return pattern.test(text) ? pattern.lastIndex : -1;
  },
});

export const blockComment: Opener = {
  kind: 'comment',
  endAt: (text, from) => (text.startsWith('/*', from) ? after(text, '*/', from + 2) : -1),
};

export const nestedComment: Opener = {
  kind: 'comment',
  endAt: (text, from) => {
    if (!text.startsWith('/*', from)) return -1;
    const marks = /\/\*|\*\//g;
    marks.lastIndex = from;
    let depth = 0;
    for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
      depth += mark[0] === '/*' ? 1 : -1;
      if (depth === 0) return marks.lastIndex;
    }
    return text.length;
  },
};

/**
 * The end of a quoted part. A doubled quote does not end it.
 * @param start behind the opening quote
 * @param hasEscapes whether a backslash hides the next character
 */
export function endOfQuoted(text: string, start: number, quote: string, hasEscapes: boolean): number {
  const closing = quote.charCodeAt(0);
  for (let index = start; index < text.length; index += 1) {
    if (index - start > shortLength) index = nextStop(text, quote, index);
    const code = text.charCodeAt(index);
    if (code === closing) {
      if (text.charCodeAt(index + 1) !== closing) return index + 1;
      index += 1;
    } else if (code === backslash && hasEscapes) {
      index += 1;
    }
  }
  return text.length;
}

/** Up to here a loop is faster than a search. */
const shortLength = 64;
/** What may matter in a quoted part, by its quote. */
const stops = new Map(['"', "'", '`'].map((quote) => [quote, new RegExp(`[${quote}\\\\]`, 'g')]));

/** The next quote or backslash; the end of the text when there is none. */
function nextStop(text: string, quote: string, from: number): number {
  const stop = stops.get(quote);
  if (stop === undefined) return from;
  stop.lastIndex = from;
  return stop.test(text) ? stop.lastIndex - 1 : text.length;
}

/** A quoted part without a prefix. */
export const quoted = (kind: 'string' | 'quoted-name', quote: string, hasEscapes: boolean): Opener => ({
  kind,
  endAt: (text, from) => endOfQuoted(text, from + 1, quote, hasEscapes),
});
