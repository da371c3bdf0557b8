import type { LexicalRules, Opener } from '../../../sql/LexicalRules.ts';
import { after, endOfQuoted, lineComment, matched, nestedComment } from '../../../sql/openers.ts';
import type { LexicalModes } from '../../../sql/SqlLanguage.ts';

const gap = /[ \t\v\f]+|--[^\n\r]*|[\n\r]/y;

/** Where a string goes on behind its closing quote: after a gap with a line break in it. @returns -1 when it does not */
function continuation(text: string, end: number): number {
  let hasBreak = false;
  for (gap.lastIndex = end; gap.test(text); ) {
    const last = text[gap.lastIndex - 1];
    hasBreak ||= last === '\n' || last === '\r';
    if (text[gap.lastIndex] === "'") return hasBreak ? gap.lastIndex + 1 : -1;
  }
  return -1;
}

/** @returns the end of one part of a string, from behind its opening quote on */
type EndOfPart = (text: string, start: number) => number;

const plainPart: EndOfPart = (text, start) => endOfQuoted(text, start, "'", false);
const escapedPart: EndOfPart = (text, start) => endOfQuoted(text, start, "'", true);
/** Digits only: there a doubled quote ends the string and begins another. */
const digitsPart: EndOfPart = (text, start) => after(text, "'", start);

/** @param prefix in lower case: what stands before the quote */
const string = (prefix: string, endOfPart: EndOfPart): Opener => ({
  kind: 'string',
  endAt: (text, from) => {
    const start = from + prefix.length;
    if (text[start] !== "'" || text.slice(from, start).toLowerCase() !== prefix) return -1;
    let end = endOfPart(text, start + 1);
    for (let next = continuation(text, end); next >= 0; next = continuation(text, end)) {
      end = endOfPart(text, next);
    }
    return end;
  },
});

const name = (prefix: string): Opener => ({
  kind: 'quoted-name',
  endAt: (text, from) => {
    const start = from + prefix.length;
    if (text[start] !== '"' || text.slice(from, start).toLowerCase() !== prefix) return -1;
    return endOfQuoted(text, start + 1, '"', false);
  },
});

const dollarOpening = /\$(?:[a-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/iy;

const dollarString: Opener = {
  kind: 'string',
  endAt: (text, from) => {
    dollarOpening.lastIndex = from;
    const [tag] = dollarOpening.exec(text) ?? [];
    return tag === undefined ? -1 : after(text, tag, from + tag.length);
  },
};

const bits = [string('b', digitsPart)];
const escapes = [string('e', escapedPart)];
const unicode = [string('u&', plainPart), name('u&')];
const hex = [string('x', digitsPart)];

/** With standard_conforming_strings, which Mooring asks for when a session starts. */
export const usualModes: LexicalModes = { backslashEscapes: false, quotedNames: true };

/** Without standard_conforming_strings, a backslash counts in strings that have no prefix, too. */
export const lexicalRules = ({ backslashEscapes }: LexicalModes): LexicalRules => ({
  openers: {
    '-': [lineComment(/--/y, true)],
    '/': [nestedComment],
    "'": [string('', backslashEscapes ? escapedPart : plainPart)],
    '"': [name('')],
    $: [matched('parameter', /\$\d+/y), dollarString],
    '.': [matched('punctuation', /\.\./y), matched('number', /\.\d[\d_]*(?:e[+-]?\d[\d_]*)?/iy)],
    b: bits,
    B: bits,
    e: escapes,
    E: escapes,
    u: unicode,
    U: unicode,
    x: hex,
    X: hex,
  },
  wordPunctuation: '$',
  digitStartsWord: false,
  codeComment: null,
});
