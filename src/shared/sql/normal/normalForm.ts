import { isCommentMark, type Lexer } from '../Lexer.ts';
import type { NameRules } from '../scope/ScopeTokens.ts';
import { FormPieces } from './FormPieces.ts';
import { beforeValue, isKeyWord } from './keyWords.ts';
import type { Piece } from './spacing.ts';

/** Of a longer text only the beginning is read, so that nobody waits for it: some milliseconds at most. */
const longestRead = 32_768;
/** Longest form, in UTF-16 units. */
const longestNormalForm = 2_000;

const ellipsis = '…';
/** What says how the string that it touches is read. */
const stringPrefix = /^(?:[bnx]|_\w+)$/i;
const constants: ReadonlySet<string> = new Set(['NULL', 'TRUE', 'FALSE']);
/** Commands that may say to what something is set, in words. */
const settingCommands: ReadonlySet<string> = new Set(['SET', 'ALTER', 'CREATE']);
/** What such commands begin with, and what they are about. */
const accountCommands: ReadonlySet<string> = new Set(['ALTER', 'CREATE', 'GRANT']);
const accountWords: ReadonlySet<string> = new Set(['GRANT', 'GROUP', 'ROLE', 'USER']);
/** Within so many words a statement says that it is about an account: CREATE OR REPLACE USER. */
const accountWordCount = 4;

/**
 * The form that a statement shares with all that differ from it in their values only. No value of the text is in it:
 * literals and parameters are `?`, comments are gone, blanks are the same everywhere, words are small where the engine
 * does not tell them apart. Where quotes are not closed nobody knows what is a value: the form ends before the first.
 * @param lexerOf reads as the session does
 */
export function normalFormOf(text: string, lexerOf: (text: string) => Lexer, names: NameRules): string {
  const isCut = text.length > longestRead;
  // What is still open behind the line break was not closed.
  const form = new NormalForm(lexerOf(`${text.slice(0, longestRead)}\n`), names);
  form.read();
  return form.text(isCut);
}

class NormalForm {
  readonly #lexer: Lexer;
  readonly #names: NameRules;
  readonly #pieces = new FormPieces();
  #wordCount = 0;
  #command = '';
  #isAccount = false;
  #isSetting = false;
  #isDone = false;
  /** Where the first string is among the pieces; -1 for none. */
  #firstStringAt = -1;
  #isBroken = false;

  constructor(lexer: Lexer, names: NameRules) {
    this.#lexer = lexer;
    this.#names = names;
  }

  read(): void {
    const lexer = this.#lexer;
    while (!this.#isDone && lexer.next()) {
      if (lexer.kind === 'blank' || lexer.kind === 'comment') continue;
      this.#see();
    }
  }

  /** @param isCut only the beginning of the text was read */
  text(isCut: boolean): string {
    const pieces = this.#pieces;
    const isOpen = !this.#isDone && this.#lexer.kind !== 'blank';
    // What is open may hold values, and the cut may go through a name.
    if (isOpen && pieces.last?.kind === 'name') pieces.removeLast();
    const isBroken = this.#isBroken || (isOpen && !isCut);
    if (isBroken && this.#firstStringAt >= 0) pieces.cutAt(this.#firstStringAt);
    if (isCut && !isBroken) pieces.dropUnfinished();
    while (pieces.last?.text === ';' || pieces.last?.text === ',') pieces.removeLast();
    const form = pieces.text();
    return shortened(isBroken || isCut ? `${form} ${ellipsis}`.trim() : form);
  }

  #see(): void {
    const { kind } = this.#lexer;
    const isBehindString = this.#lexer.previousKind === 'string' && this.#lexer.isTouchingPrevious();
    if (isBehindString && (kind === 'word' || kind === 'number')) this.#isBroken = true;
    if (kind === 'string') this.#seeString();
    else if (kind === 'number') this.#seeNumber();
    else if (kind === 'parameter') this.#addValue();
    else if (kind === 'word') this.#seeWord();
    else if (kind === 'quoted-name') this.#seeName();
    else this.#seePunctuation();
  }

  #seeString(): void {
    const { last } = this.#pieces;
    if (last?.kind === 'word' && this.#lexer.isTouchingPrevious() && stringPrefix.test(last.text)) {
      this.#pieces.removeLast();
    }
    if (this.#firstStringAt < 0) this.#firstStringAt = this.#pieces.length;
    // Strings beside each other are one.
    if (this.#pieces.last?.kind !== 'value') this.#addValue();
  }

  #seeNumber(): void {
    const { last, secondLast } = this.#pieces;
    // `.5` has no other digits before its point.
    const isFraction = last?.text === '.' && !isOperand(secondLast);
    if (isFraction || last?.isSign) this.#pieces.removeLast();
    if (isFraction && this.#pieces.last?.isSign) this.#pieces.removeLast();
    this.#addValue();
  }

  #seeWord(): void {
    const lexer = this.#lexer;
    const word = lexer.word();
    const { last } = this.#pieces;
    // What touches a number is the rest of something without quotes.
    if (lexer.previousKind === 'number' && lexer.isTouchingPrevious()) return;
    if (/^\d/.test(word) && last?.text !== '.') this.#addValue();
    else if (this.#isSecret() || (constants.has(word) && isBeforeConstant(last))) this.#addValue();
    else {
      const { isFolded } = this.#names;
      const text = lexer.text.slice(lexer.from, lexer.to);
      this.#add('word', isFolded || isKeyWord(word) ? folded(text) : text);
      this.#follow(word);
    }
  }

  #seeName(): void {
    const { text, from, to } = this.#lexer;
    if (this.#isSecret()) this.#addValue();
    else this.#add('name', text.slice(from, to));
  }

  #seePunctuation(): void {
    const { kind, text, from, to } = this.#lexer;
    const sign = kind === 'delimiter' ? ';' : text.slice(from, to);
    const isSign = (sign === '-' || sign === '+') && !isOperand(this.#pieces.last);
    this.#add('punctuation', sign, isSign);
    if (this.#isSetting && (sign === '=' || sign === ':=')) this.#endSetting();
  }

  /** What a statement is about, as far as it decides where values may stand without quotes. */
  #follow(word: string): void {
    this.#wordCount += 1;
    if (this.#wordCount === 1) this.#command = word;
    if (this.#wordCount <= accountWordCount && accountWords.has(word)) {
      this.#isAccount = accountCommands.has(this.#command);
    }
    if (word === 'SET' && settingCommands.has(this.#command)) this.#isSetting = true;
    else if (word === 'TO' && this.#isSetting) this.#endSetting();
  }

  /** What something is set to is a value, however it is spelled. */
  #endSetting(): void {
    this.#addValue();
    this.#isDone = true;
  }

  /** Whether a password stands here, although without the quotes of a string. */
  #isSecret(): boolean {
    const { last } = this.#pieces;
    return this.#isAccount && last?.kind === 'word' && /^(?:password|by)$/i.test(last.text);
  }

  #addValue(): void {
    this.#add('value', '?');
  }

  #add(kind: Piece['kind'], text: string, isSign = false): void {
    // The marks around a comment whose content the server runs begin no statement and end no value.
    const isTouching = this.#lexer.isTouchingPrevious() && !isCommentMark(text);
    this.#pieces.add({ kind, text, isTouching, isSign });
  }
}

/** Whether a value may end with it. */
function isOperand(piece: Piece | undefined): boolean {
  if (piece === undefined) return false;
  if (piece.kind === 'punctuation') return piece.text === ')' || piece.text === ']';
  return piece.kind !== 'word' || !beforeValue.has(piece.text.toUpperCase());
}

/** Elsewhere they are words of the language: IS NULL, NOT NULL, SET NULL. */
const isBeforeConstant = (piece: Piece | undefined): boolean =>
  piece?.kind === 'punctuation' && ![')', ']', '.'].includes(piece.text);

/** PostgreSQL folds other letters only in some encodings. */
const folded = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Never ends within a character. */
function shortened(form: string): string {
  if (form.length <= longestNormalForm) return form;
  return `${form.slice(0, longestNormalForm - 1).replace(/[\ud800-\udbff]$/, '')}${ellipsis}`;
}
