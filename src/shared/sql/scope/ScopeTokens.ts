import type { Lexer } from '../Lexer.ts';
import type { TokenKind } from '../SqlLanguage.ts';

/** How an engine reads names. */
export interface NameRules {
  /** Whether a name without quotes is read in small letters. */
  readonly isFolded: boolean;
}

interface ScopeToken {
  readonly kind: TokenKind;
  readonly from: number;
  readonly to: number;
  /** As `Lexer.word` gives it. */
  readonly word: string;
}

/** Of a longer statement only the beginning is read: what is so long lists values. In UTF-16 units. */
export const longestRead = 200_000;

/** @param name in quotes, maybe behind a prefix such as `U&` */
export const quoteOf = (name: string): '"' | '`' => (name.startsWith('`') ? '`' : '"');

/** The tokens of one statement without blanks and comments. */
export class ScopeTokens {
  readonly text: string;
  readonly tokens: readonly ScopeToken[];
  /** For each parenthesis the token that closes it; 0 where none does. */
  private readonly closing: Uint32Array;

  constructor(
    lexer: Lexer,
    private readonly rules: NameRules,
  ) {
    const tokens: ScopeToken[] = [];
    while (lexer.from < longestRead && lexer.next()) {
      const { kind, from, to } = lexer;
      if (kind !== 'blank' && kind !== 'comment') tokens.push({ kind, from, to, word: lexer.word() });
    }
    this.text = lexer.text;
    this.tokens = tokens;
    this.closing = closingsOf(tokens);
  }

  get count(): number {
    return this.tokens.length;
  }

  /** In capitals: a word, or punctuation. Empty for a name behind a point, and behind the end. */
  word(at: number): string {
    return this.isBehindPoint(at) ? '' : (this.tokens[at]?.word ?? '');
  }

  isName(at: number): boolean {
    const kind = this.tokens[at]?.kind;
    return kind === 'word' || kind === 'quoted-name';
  }

  /** As the server reads it. */
  name(at: number): string {
    const token = this.tokens[at];
    if (token === undefined) return '';
    const written = this.text.slice(token.from, token.to);
    if (token.kind === 'word') return this.rules.isFolded ? written.toLowerCase() : written;
    const quote = quoteOf(written);
    const start = written.indexOf(quote) + 1;
    const isClosed = written.length > start && written.endsWith(quote);
    return written.slice(start, isClosed ? -1 : undefined).replaceAll(quote + quote, quote);
  }

  /** @returns the parenthesis that closes the one at a token, or the count when none does */
  closingOf(at: number): number {
    return this.closing[at] || this.count;
  }

  /** @returns the innermost parenthesis that is open before a token; -1 for none */
  openingAt(at: number): number {
    for (let index = at - 1; index >= 0; index -= 1) {
      if (this.tokens[index]?.word === '(' && this.closingOf(index) >= at) return index;
    }
    return -1;
  }

  /** @returns the first token of the name that ends at a token: `a.b.c` is one name */
  startOfName(at: number): number {
    let start = at;
    while (this.tokens[start - 1]?.word === '.' && this.isName(start - 2)) start -= 2;
    return start;
  }

  /** The parts of a name from its first token on. */
  path(start: number, end: number): readonly string[] {
    const parts: string[] = [];
    for (let at = start; at <= end; at += 2) parts.push(this.name(at));
    return parts;
  }

  /** The names in a list: `(a, b)`, or with types, `(a int, b text)`. */
  namesIn(opening: number, end: number): readonly string[] {
    const names: string[] = [];
    for (let at = opening + 1; at < Math.min(this.closingOf(opening), end); at += 1) {
      if (this.word(at) === '(') at = this.closingOf(at);
      else if (this.isName(at) && (at === opening + 1 || this.word(at - 1) === ','))
        names.push(this.name(at));
    }
    return names;
  }

  /** `a.end` is a name; in `a. FROM b` nothing stands behind the point yet. */
  private isBehindPoint(at: number): boolean {
    const before = this.tokens[at - 1];
    return before?.word === '.' && before.to === this.tokens[at]?.from && this.isName(at);
  }
}

function closingsOf(tokens: readonly ScopeToken[]): Uint32Array {
  const closings = new Uint32Array(tokens.length);
  const open: number[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const word = tokens[at]?.word;
    if (word === '(') open.push(at);
    const opening = word === ')' ? open.pop() : undefined;
    if (opening !== undefined) closings[opening] = at;
  }
  return closings;
}
