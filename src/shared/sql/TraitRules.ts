import type { SessionState, StatementTraits } from './SqlLanguage.ts';

/**
 * What an engine's statements do. Patterns are matched against the outline of a statement: its words in capitals and its
 * punctuation, parted by single blanks, with `'` for a string, `"` for a quoted name, `0` for a number, `?` for a
 * parameter, and `()` for a pair of parentheses with whatever stands in it. Of a very long statement it is the beginning.
 */
export interface TraitRules {
  /** Commands that change neither data nor definitions. All others may. */
  readonly reading: ReadonlySet<string>;
  /** Outlines of reading commands that change something all the same. */
  readonly writing: readonly RegExp[];
  /** How statements begin that are about another one, and whether they run it without the word ANALYZE. */
  readonly explaining: ReadonlyMap<string, { readonly runs: boolean }>;
  readonly drops: readonly RegExp[];
  /** Besides UPDATE and DELETE without WHERE. */
  readonly touchesEveryRow: readonly RegExp[];
  readonly transaction: readonly (readonly [NonNullable<StatementTraits['transaction']>, RegExp])[];
  readonly leaves: readonly (readonly [SessionState, RegExp])[];
  /** Statements that undo all that others have left. */
  readonly resets: RegExp | null;
  /** Functions, and `:=`, that leave something in the session wherever they stand. */
  readonly leavingMarks: ReadonlyMap<string, SessionState>;
  readonly copy: readonly (readonly [NonNullable<StatementTraits['copy']>, RegExp])[];
  /** Statements that only define others, whose parameters are not the person's to give: routines, prepared statements. */
  readonly definition: RegExp;
}
