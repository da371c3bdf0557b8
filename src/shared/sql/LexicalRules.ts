import type { LexicalModes, TokenKind } from './SqlLanguage.ts';

/** Something with an end of its own: a comment, a string, a quoted name, a numbered parameter. */
export interface Opener {
  readonly kind: TokenKind;
  /** @returns the offset behind it, or -1 when none begins here */
  readonly endAt: (text: string, from: number) => number;
}

/** How an engine reads characters. Whatever the rules do not mention is a blank, a word, a number or punctuation. */
export interface LexicalRules {
  /** By first character; the first that fits counts. */
  readonly openers: Readonly<Record<string, readonly Opener[]>>;
  /** ASCII characters inside a word besides letters, digits and `_`. */
  readonly wordPunctuation: string;
  /** Whether a word may begin with a digit. */
  readonly digitStartsWord: boolean;
  /** Sticky; what opens a comment whose content the server runs. Such a comment ends with `*` and `/`. */
  readonly codeComment: RegExp | null;
}

/** Follows one statement in which a delimiter may stand without ending it. */
export interface StatementShape {
  /** @param token as `Lexer.word` gives it; neither blanks nor comments */
  see(token: string): void;
  /** Whether a delimiter here is a part of the statement. */
  isOpen(): boolean;
  /** Whether lines of data follow the statement. */
  takesData(): boolean;
}

/** How an engine's command line client reads a script. */
export interface ScriptRules {
  /** @param firstWord in capitals; null for a statement that every delimiter ends */
  shapeOf(firstWord: string): StatementShape | null;
  /** @returns how the session reads once a statement has run, as far as its text says; `modes` when it sets nothing */
  modesAfter(statement: string, modes: LexicalModes): LexicalModes;
  /** The characters that may begin a line for the client. */
  readonly clientLineStarts: string;
  /**
   * @param isStatementStart whether no statement has begun before it
   * @returns where the line ends and the delimiter that it sets, or null when it is no line for the client
   */
  clientLine(
    text: string,
    from: number,
    isStatementStart: boolean,
  ): { readonly to: number; readonly delimiter: string | null } | null;
}
