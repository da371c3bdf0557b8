import type { LexicalRules, Opener } from '../../../sql/LexicalRules.ts';
import { blockComment, endOfQuoted, lineComment, matched, quoted } from '../../../sql/openers.ts';
import type { LexicalModes } from '../../../sql/SqlLanguage.ts';

const nationalString = (hasEscapes: boolean): Opener => ({
  kind: 'string',
  endAt: (text, from) => (text[from + 1] === "'" ? endOfQuoted(text, from + 2, "'", hasEscapes) : -1),
});

/** `\G` ends a statement in the command line client. */
const verticalDelimiter: Opener = {
  kind: 'delimiter',
  endAt: (text, from) => (text[from + 1] === 'G' || text[from + 1] === 'g' ? from + 2 : -1),
};

/** As ANSI_QUOTES and NO_BACKSLASH_ESCAPES have it. */
export const lexicalRules = ({ backslashEscapes, quotedNames }: LexicalModes): LexicalRules => ({
  openers: {
    '#': [lineComment(/#/y, false)],
    // Two dashes alone are arithmetic: `1--1`.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the server lets any control character follow.
    '-': [lineComment(/--(?=[\x00-\x20\x7f]|$)/y, false)],
    '/': [blockComment],
    "'": [quoted('string', "'", backslashEscapes)],
    '"': [quotedNames ? quoted('quoted-name', '"', false) : quoted('string', '"', backslashEscapes)],
    '`': [quoted('quoted-name', '`', false)],
    '?': [{ kind: 'parameter', endAt: (_text, from) => from + 1 }],
    $: [matched('parameter', /\$\d+(?![\w$\u0080-\uffff])/y)],
    n: [nationalString(backslashEscapes)],
    N: [nationalString(backslashEscapes)],
    '\\': [verticalDelimiter],
  },
  wordPunctuation: '$',
  digitStartsWord: true,
  codeComment: /\/\*M?!\d*/y,
});
