import type { TokenKind } from './SqlLanguage.ts';

/** What a lexer knows of the token before the one at which it stands. */
interface Before {
  readonly previousKind: TokenKind;
  previousWord(): string;
  isBehindValue(): boolean;
  isTouchingPrevious(): boolean;
}

type Bracket = 'plain' | 'slice' | 'slice-done' | 'pairs' | 'pairs-done';

const comma = ','.charCodeAt(0);
const openingParenthesis = '('.charCodeAt(0);
const openingBracket = '['.charCodeAt(0);

/** After these a value is still to come, although they are words. */
const beforeValue = new Set(['KEY', 'VALUE']);

/**
 * The open brackets at a place, as far as they decide what a colon means: `a[lo:hi]` and `JSON_OBJECT('k' : v)` have
 * a colon that begins no parameter, `ARRAY[:a]` and `f(:a)` have one that does.
 */
export class Brackets {
  private readonly open: Bracket[] = [];

  /** @param code of a bracket or a comma, at which the lexer stands */
  see(code: number, lexer: Before): void {
    if (code === comma) {
      if (this.open.at(-1) === 'pairs-done') this.replaceTop('pairs');
    } else if (code === openingParenthesis) this.open.push(this.isPairList(lexer) ? 'pairs' : 'plain');
    else if (code === openingBracket) this.open.push(this.isSubscript(lexer) ? 'slice' : 'plain');
    else this.open.pop();
  }

  closeAll(): void {
    this.open.length = 0;
  }

  /** Whether the colon at which the lexer stands parts two values. */
  isSeparator(lexer: Before): boolean {
    const top = this.open.at(-1);
    if (top === 'slice' && (lexer.previousWord() === '[' || lexer.isBehindValue())) {
      this.replaceTop('slice-done');
      return true;
    }
    if (top === 'pairs' && lexer.isBehindValue() && !beforeValue.has(lexer.previousWord())) {
      this.replaceTop('pairs-done');
      return true;
    }
    // In `label:LOOP` and `'a':b`; a parameter never touches what stands before it.
    return lexer.isBehindValue() && lexer.isTouchingPrevious();
  }

  private isSubscript(lexer: Before): boolean {
    return lexer.isBehindValue() && lexer.previousWord() !== 'ARRAY';
  }

  private isPairList(lexer: Before): boolean {
    return lexer.previousKind === 'word' && /^JSON_OBJECT(AGG)?$/.test(lexer.previousWord());
  }

  private replaceTop(bracket: Bracket): void {
    this.open[this.open.length - 1] = bracket;
  }
}
