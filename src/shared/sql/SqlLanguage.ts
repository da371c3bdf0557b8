import type { CursorPlace, NameInText, SqlScope } from './scope/SqlScope.ts';

/** What a piece of a script is. `punctuation` holds operators too. */
export type TokenKind =
  | 'blank'
  | 'comment'
  | 'word'
  | 'quoted-name'
  | 'string'
  | 'number'
  | 'parameter'
  | 'punctuation'
  /** Ends a statement: `;`, or what a DELIMITER line has set. */
  | 'delimiter'
  /** A line for the client, such as `DELIMITER $$`, which never reaches the server. */
  | 'client-command'
  /** The lines of a COPY … FROM STDIN, with the closing `\.`. */
  | 'copy-data';

/** Offsets are in UTF-16 units of the script; tokens follow each other without a gap. */
export interface Token {
  readonly kind: TokenKind;
  readonly from: number;
  readonly to: number;
}

/** How a session reads quotes and backslashes, which people can set (`SET sql_mode`, `SET standard_conforming_strings`). */
export interface LexicalModes {
  /** A backslash in a plain string hides the next character. */
  readonly backslashEscapes: boolean;
  /** Double quotes enclose a name, not a string. */
  readonly quotedNames: boolean;
}

/** A statement of a script that is sent to the server. What holds only comments is none. */
export interface ScriptStatement {
  /** Its first token that is neither blank nor comment. */
  readonly from: number;
  /** Behind its last such token, before the delimiter. */
  readonly to: number;
  /** Behind its delimiter and data: from the end of the one before up to here a cursor belongs to it. */
  readonly end: number;
  /** The lines of a COPY … FROM STDIN, without the closing `\.`; null when there are none. */
  readonly data: { readonly from: number; readonly to: number } | null;
  /** How it was read: as the session does, or as a statement before it says that the session will. */
  readonly modes: LexicalModes;
}

/** A parameter in a statement, once for each place where it stands. */
export interface ParameterUse {
  /** Without its colon or dollar: `pw`, `1`. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** A statement as the server takes it, with the parameters in its own spelling. */
export interface BoundText {
  readonly text: string;
  /** For each value to bind, in order, the name of its parameter. */
  readonly names: readonly string[];
  /** @returns the offset in the statement for one in the text, such as that of an error */
  readonly originalOffset: (offset: number) => number;
}

/** State of a session that a person would miss. */
export type SessionState = 'temporary-table' | 'setting' | 'listening' | 'lock' | 'prepared';

/** What a statement does, as far as its words say. */
export interface StatementTraits {
  /** Its command in capitals, that of its main part behind WITH or EXPLAIN ANALYZE: `SELECT`, `UPDATE`, `CREATE`. */
  readonly command: string;
  /** May change data or definitions. */
  readonly writes: boolean;
  /** UPDATE or DELETE without WHERE, TRUNCATE: every row of a relation. */
  readonly touchesEveryRow: boolean;
  readonly drops: boolean;
  /** Changes what the catalogue shows: a definition that outlives the session, or SELECT … INTO. */
  readonly defines: boolean;
  readonly transaction: 'begin' | 'commit' | 'rollback' | null;
  /** What it leaves in the session. */
  readonly leaves: readonly SessionState[];
  /** Afterwards the session is as it was when it began. */
  readonly resets: boolean;
  readonly copy: 'from-client' | 'to-client' | null;
}

/** What is to be known of a statement before it is sent. */
export interface StatementReading {
  readonly traits: StatementTraits;
  readonly parameters: readonly ParameterUse[];
}

/** A text that is read a part at a time, some thousand tokens up to each `yield`. */
export type Steps<Value> = Generator<void, Value, void>;

/**
 * Reads SQL as far as an editor needs it, and never fails: what is not closed goes to the end of the text. In
 * `src/shared/engines/<engine>/sql`; the registry is `engines/sqlLanguages.ts`.
 */
export interface SqlLanguage {
  /** How quotes and backslashes are read; what a script sets counts for the statements behind it. */
  readonly modes: LexicalModes;
  /** The same language, for a session in other modes. */
  inModes(modes: LexicalModes): SqlLanguage;
  tokens(script: string): Token[];
  statements(script: string): ScriptStatement[];
  /**
   * `:name` and `$1`, in the order in which they stand; where the engine has `?`, it is named by its number among the `?`.
   * The definition of a routine and PREPARE have none: theirs are given later, by others.
   */
  parameters(statement: string): ParameterUse[];
  /** @param uses as `parameters` gives them, where they are known already */
  withPlaceholders(statement: string, uses?: readonly ParameterUse[]): BoundText;
  traits(statement: string): StatementTraits;
  /** `traits` and `parameters` of a statement that may be long: whoever reads may let others go on in between. */
  read(statement: string): Steps<StatementReading>;
  /** What names mean at an offset of a statement. Tolerates a statement that is being written. */
  scopeAt(statement: string, offset: number): SqlScope;
  /** Where a cursor stands; null where nothing is to be completed: in strings, comments, numbers and new names. */
  placeAt(statement: string, offset: number): CursorPlace | null;
  /** The name at an offset, its end included; null where none stands. */
  nameAt(statement: string, offset: number): NameInText | null;
  /**
   * What a statement has in common with those that differ in their values only; no value of it is left. At most 2,000
   * units, whatever the length of the text.
   */
  normalForm(statement: string): string;
}
