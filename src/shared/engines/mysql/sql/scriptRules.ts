import type { ScriptRules } from '../../../sql/LexicalRules.ts';
import { CompoundShape } from './CompoundShape.ts';
import { modesAfter } from './sqlMode.ts';

const delimiterLine = /delimiter(?:[ \t]+([^\n]*)|(?=\r?\n|$))/iy;
/** What sets a delimiter even in the middle of a statement, which then is not finished. */
const isSymbols = /^[;$/|\\@!#%^&~]+$/;

export const scriptRules: ScriptRules = {
  shapeOf: (firstWord) => CompoundShape.of(firstWord),
  modesAfter,
  clientLineStarts: 'dD',
  clientLine: (text, from, isStatementStart) => {
    delimiterLine.lastIndex = from;
    const found = delimiterLine.exec(text);
    if (found === null) return null;
    const rest = (found[1] ?? '').trim();
    if (!isStatementStart && !isSymbols.test(rest)) return null;
    const [delimiter = ''] = rest.split(/\s/, 1);
    const to = delimiterLine.lastIndex - (found[0].endsWith('\r') ? 1 : 0);
    return { to, delimiter: delimiter === '' ? null : delimiter };
  },
};
