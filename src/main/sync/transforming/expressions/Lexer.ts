import { expressionError } from './expressionError.ts';

export type ExpressionToken =
  | { readonly type: 'name'; readonly at: number; readonly text: string; readonly isQuoted: boolean }
  | { readonly type: 'text' | 'number' | 'symbol'; readonly at: number; readonly text: string }
  | { readonly type: 'end'; readonly at: number; readonly text: '' };

const blank = /\s*/uy;
const name = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const number = /\d+(?:\.\d+)?/uy;
const symbol = /\|\||<>|!=|<=|>=|[-+*/%=<>(),]/uy;

/** @throws PIPELINE_INVALID for what belongs to no expression */
export function readTokens(text: string): ExpressionToken[] {
  const tokens: ExpressionToken[] = [];
  let at = endOf(blank, text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    tokens.push(token.token);
    at = endOf(blank, text, token.end);
  }
  tokens.push({ type: 'end', at, text: '' });
  return tokens;
}

function tokenAt(text: string, at: number): { readonly token: ExpressionToken; readonly end: number } {
  const first = text[at];
  if (first === "'" || first === '"') return quotedAt(text, at, first);
  const nameEnd = endOf(name, text, at);
  if (nameEnd > at) {
    return { token: { type: 'name', at, text: text.slice(at, nameEnd), isQuoted: false }, end: nameEnd };
  }
  for (const [type, pattern] of [['number', number] as const, ['symbol', symbol] as const]) {
    const end = endOf(pattern, text, at);
    if (end > at) return { token: { type, at, text: text.slice(at, end) }, end };
  }
  throw expressionError(text, at, `“${String.fromCodePoint(text.codePointAt(at) ?? 0)}” is not expected.`);
}

/** A text or a name in quotes; two quotes inside of it stand for one. */
function quotedAt(text: string, at: number, quote: '"' | "'") {
  let end = at + 1;
  for (;;) {
    const found = text.indexOf(quote, end);
    if (found === -1) throw expressionError(text, at, `A closing ${quote} is missing.`);
    if (text[found + 1] !== quote) {
      const value = text.slice(at + 1, found).replaceAll(quote + quote, quote);
      const token: ExpressionToken =
        quote === '"' ? { type: 'name', at, text: value, isQuoted: true } : { type: 'text', at, text: value };
      return { token, end: found + 1 };
    }
    end = found + 2;
  }
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
