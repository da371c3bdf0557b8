import type { LexicalRules, Opener } from '../../../sql/LexicalRules.ts';
import { endOfQuoted, lineComment, nestedComment } from '../../../sql/openers.ts';

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

function endOfString(text: string, start: number, hasEscapes: boolean): number {
  let end = endOfQuoted(text, start, "'", hasEscapes);
  for (let next = continuation(text, end); next >= 0; next = continuation(text, end)) {
    end = endOfQuoted(text, next, "'", hasEscapes);
  }
  return end;
}

/** @param prefix in lower case: what stands before the quote */
const string = (prefix: string, hasEscapes: boolean): Opener => ({
  kind: 'string',
  endAt: (text, from) => {
    const start = from + prefix.length;
    if (text[start] !== "'" || text.slice(from, start).toLowerCase() !== prefix) return -1;
    return endOfString(text, start + 1, hasEscapes);
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
    if (tag === undefined) return -1;
    const closing = text.indexOf(tag, from + tag.length);
    return closing < 0 ? text.length : closing + tag.length;
  },
};

const numbered = /\$\d+/y;

const parameter: Opener = {
  kind: 'parameter',
  endAt: (text, from) => {
    numbered.lastIndex = from;
    return numbered.test(text) ? numbered.lastIndex : -1;
  },
};

const bits = [string('b', false)];
const escapes = [string('e', true)];
const national = [string('n', false)];
const unicode = [string('u&', false), name('u&')];
const hex = [string('x', false)];

/** Of a server with standard_conforming_strings, which Mooring asks for: a backslash is an ordinary character. */
export const lexicalRules: LexicalRules = {
  openers: {
    '-': [lineComment(/--/y, true)],
    '/': [nestedComment],
    "'": [string('', false)],
    '"': [name('')],
    $: [parameter, dollarString],
    b: bits,
    B: bits,
    e: escapes,
    E: escapes,
    n: national,
    N: national,
    u: unicode,
    U: unicode,
    x: hex,
    X: hex,
  },
  wordPunctuation: '$',
  digitStartsWord: false,
  codeComment: null,
};
