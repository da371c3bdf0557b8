/** A built-in function, as completion offers it. */
export interface SqlFunction {
  readonly name: string;
  /** Its arguments in words, such as `text, from [, length]`. */
  readonly args: string;
}

/**
 * What an editor needs to know about the words of a dialect. In `src/shared/engines/<engine>/sql`; the registry is
 * `engines/sqlWords.ts`.
 */
export interface SqlWords {
  /** Name of the dialect in @codemirror/lang-sql, which has its keywords for highlighting. */
  readonly highlighting: string;
  /** Name of the language in sql-formatter. */
  readonly formatting: string;
  /** The schema in which names without one are looked up at first; null: the engine has none. */
  readonly usualSchema: string | null;
  /** What a statement begins with. */
  readonly starts: readonly string[];
  /** What goes on in a statement. */
  readonly clauses: readonly string[];
  /** What stands in an expression. */
  readonly operators: readonly string[];
  readonly types: readonly string[];
  readonly functions: readonly SqlFunction[];
}
