import { Brackets } from './Brackets.ts';
import type { LexicalRules, Opener } from './LexicalRules.ts';
import type { TokenKind } from './SqlLanguage.ts';

const other = 0;
const blank = 1;
const letter = 2;
const digit = 3;
const wordPunctuation = 4;

const codeOf = (character: string): number => character.charCodeAt(0);
const colon = codeOf(':');
const point = codeOf('.');
const slash = codeOf('/');
const star = codeOf('*');

/** Tokens that whoever reads a long text reads without a pause: about a millisecond. */
export const tokensPerStep = 4_096;

/** The rules of an engine, prepared for looking up by character code. */
export interface LexerTables {
  /** Of the ASCII characters; all others are letters. */
  readonly classes: Uint8Array;
  readonly openers: readonly (readonly Opener[] | undefined)[];
  readonly digitStartsWord: boolean;
  readonly codeComment: RegExp | null;
}

export function tablesOf(rules: LexicalRules): LexerTables {
  const classes = new Uint8Array(128);
  for (const character of ' \t\n\v\f\r') classes[codeOf(character)] = blank;
  for (const character of rules.wordPunctuation) classes[codeOf(character)] = wordPunctuation;
  for (let code = 0; code < 128; code += 1) {
    const character = String.fromCharCode(code);
    if (/[a-z_]/i.test(character)) classes[code] = letter;
    if (/\d/.test(character)) classes[code] = digit;
  }
  const openers: (readonly Opener[] | undefined)[] = Array.from({ length: 128 });
  for (const [character, list] of Object.entries(rules.openers)) openers[codeOf(character)] = list;
  return { classes, openers, digitStartsWord: rules.digitStartsWord, codeComment: rules.codeComment };
}

/** @param word as `Lexer.word` gives it @returns whether it is a mark around a comment whose content the server runs */
export const isCommentMark = (word: string): boolean => word.startsWith('/*') || word === '*/';

/** Reads one token after the other, in one pass and without keeping any. */
export class Lexer {
  /** The token that was read last. */
  kind: TokenKind = 'blank';
  from: number;
  to: number;
  /** The one before it that is neither blank nor comment. */
  previousKind: TokenKind = 'blank';
  /** Ends a statement; one character or more. */
  protected delimiter = ';';
  private previousFrom = 0;
  private previousTo = 0;
  private readonly brackets = new Brackets();
  private isInCodeComment = false;

  constructor(
    readonly text: string,
    protected tables: LexerTables,
  ) {
    this.from = 0;
    this.to = 0;
  }

  /** Reads the next token. @returns false at the end */
  next(): boolean {
    if (this.kind !== 'blank' && this.kind !== 'comment') {
      this.previousKind = this.kind;
      this.previousFrom = this.from;
      this.previousTo = this.to;
    }
    this.from = this.to;
    if (this.from >= this.text.length) return false;
    this.read(this.text.charCodeAt(this.from));
    return true;
  }

  /** The token in capitals; `"` for a quoted name, `'` for a string, `0` for a number, `?` for a parameter. */
  word(): string {
    return this.spelling(this.kind, this.from, this.to);
  }

  /** The same of the token before; empty at the start. */
  previousWord(): string {
    return this.spelling(this.previousKind, this.previousFrom, this.previousTo);
  }

  /** Whether the token before may end a value: a word, a name, a literal, a closing bracket. */
  isBehindValue(): boolean {
    const last = this.text[this.previousFrom];
    return this.previousKind === 'punctuation'
      ? last === ')' || last === ']'
      : valueKinds.has(this.previousKind);
  }

  isTouchingPrevious(): boolean {
    return this.previousTo === this.from;
  }

  /** Takes the token as another kind, or another end of it. */
  protected retake(kind: TokenKind, to: number): void {
    this.kind = kind;
    this.to = to;
  }

  private read(code: number): void {
    if (this.isDelimiter(code)) {
      this.brackets.closeAll();
      this.retake('delimiter', this.from + this.delimiter.length);
    } else if (!this.readCodeComment(code) && !this.readOpened(code)) {
      this.readPlain(code);
    }
  }

  private isDelimiter(code: number): boolean {
    if (code !== this.delimiter.charCodeAt(0) || this.isInCodeComment) return false;
    return this.delimiter.length === 1 || this.text.startsWith(this.delimiter, this.from);
  }

  /** The marks around a comment whose content the server runs. */
  private readCodeComment(code: number): boolean {
    const { codeComment } = this.tables;
    if (codeComment === null) return false;
    if (code === slash) {
      codeComment.lastIndex = this.from;
      if (!codeComment.test(this.text)) return false;
      this.isInCodeComment = true;
      this.retake('punctuation', codeComment.lastIndex);
      return true;
    }
    if (code !== star || !this.isInCodeComment || this.text.charCodeAt(this.from + 1) !== slash) return false;
    this.isInCodeComment = false;
    this.retake('punctuation', this.from + 2);
    return true;
  }

  private readOpened(code: number): boolean {
    const openers = this.tables.openers[code];
    if (openers === undefined) return false;
    for (const opener of openers) {
      const end = opener.endAt(this.text, this.from);
      if (end > 0) {
        this.retake(opener.kind, Math.min(end, this.text.length));
        return true;
      }
    }
    return false;
  }

  private readPlain(code: number): void {
    const kind = this.classOf(code);
    if (kind === other) {
      if (code === colon) this.readColon();
      else this.readPunctuation(code);
    } else if (kind === blank) this.retake('blank', this.endOfBlanks());
    else if (kind === letter || (kind === wordPunctuation && this.tables.digitStartsWord)) this.readWord();
    else if (kind === digit) this.readNumber();
    else this.readPunctuation(code);
  }

  private classOf(code: number): number {
    return code < 128 ? (this.tables.classes[code] ?? other) : letter;
  }

  private endOfBlanks(): number {
    let end = this.from + 1;
    while (end < this.text.length && this.classOf(this.text.charCodeAt(end)) === blank) end += 1;
    return end;
  }

  private readWord(): void {
    const end = this.endOfWord(this.from + 1);
    this.retake('word', end);
    // A delimiter such as `$$` may touch a word: `END$$`.
    if (this.delimiter === ';') return;
    const cut = this.text.slice(this.from, end + this.delimiter.length - 1).indexOf(this.delimiter);
    if (cut > 0 && !this.isInCodeComment) this.to = this.from + cut;
  }

  private endOfWord(start: number): number {
    let end = start;
    while (end < this.text.length && this.classOf(this.text.charCodeAt(end)) >= letter) end += 1;
    return end;
  }

  private readNumber(): void {
    const { text, tables } = this;
    let end = this.from + 1;
    while (end < text.length && this.classOf(text.charCodeAt(end)) === digit) end += 1;
    if (end < text.length) end = this.endOfFraction(end);
    this.retake('number', end);
    if (tables.digitStartsWord && end < text.length && this.classOf(text.charCodeAt(end)) >= letter) {
      this.readWord();
    }
  }

  /** @param end behind the first digits */
  private endOfFraction(end: number): number {
    const code = this.text.charCodeAt(end);
    // `1..2` are two numbers.
    if (this.classOf(code) < letter && (code !== point || this.text.charCodeAt(end + 1) === point))
      return end;
    numberTail.lastIndex = end;
    return numberTail.test(this.text) ? numberTail.lastIndex : end;
  }

  private readColon(): void {
    const next = this.text.charCodeAt(this.from + 1);
    if (next === colon || next === equals) {
      this.retake('punctuation', this.from + 2);
      return;
    }
    const isSeparator = this.brackets.isSeparator(this);
    const isName = this.from + 1 < this.text.length && this.classOf(next) === letter;
    if (isSeparator || !isName) this.retake('punctuation', this.from + 1);
    else this.retake('parameter', this.endOfWord(this.from + 1));
  }

  private readPunctuation(code: number): void {
    this.retake('punctuation', this.from + 1);
    if (brackets[code] === 1) this.brackets.see(code, this);
  }

  private spelling(kind: TokenKind, from: number, to: number): string {
    return spellings[kind] ?? this.text.slice(from, to).toUpperCase();
  }
}

const equals = codeOf('=');
const brackets = new Uint8Array(128);
for (const character of '()[],') brackets[codeOf(character)] = 1;
/** What follows the first digits: a base, groups, a fraction, an exponent. */
const numberTail = /(?:[xob][\da-f_]+|[\d_]*(?:\.[\d_]*)?(?:e[+-]?\d[\d_]*)?)/iy;
/** What stands for a value, or may end one. */
export const valueKinds: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'word',
  'quoted-name',
  'string',
  'number',
  'parameter',
]);
const spellings: Partial<Record<TokenKind, string>> = {
  blank: '',
  comment: '',
  'quoted-name': '"',
  string: "'",
  number: '0',
  parameter: '?',
  'copy-data': '',
};
