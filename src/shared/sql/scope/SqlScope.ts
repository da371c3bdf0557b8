/** Where columns come from: one by its name, or all columns of a relation. */
export type ColumnSource = { readonly name: string } | { readonly all: ScopeRelation };

/** A relation that columns may be taken from. Names are as the server reads them: without quotes, and in its case. */
export interface ScopeRelation {
  /** What a column of it may be qualified with: its alias, else its name; null for a sub-select without an alias. */
  readonly alias: string | null;
  readonly schema: string | null;
  /** Null for a sub-select and a function. */
  readonly name: string | null;
  /** As far as the text says them: of a common table expression, a sub-select, a list behind the alias. Null: ask the catalogue. */
  readonly columns: readonly ColumnSource[] | null;
}

/** A common table expression. */
export interface CommonTable {
  readonly name: string;
  readonly columns: readonly ColumnSource[];
}

/**
 * What may stand at a cursor:
 * - `relation`: the name of a relation, or of a schema before it;
 * - `expression`: a column, a function, an alias before its column, a keyword;
 * - `column`: a column of the first relation, such as one to be set;
 * - `type`: a type of data;
 * - `keyword`: only a keyword;
 * - `nothing`: text of the person's own, such as a string, a comment or a new name.
 */
export type Expected = 'relation' | 'expression' | 'column' | 'type' | 'keyword' | 'nothing';

export interface CompletionContext {
  readonly expects: Expected;
  /** What stands before the last point, as the server reads it: `sales.client.` is `['sales', 'client']`. */
  readonly qualifier: readonly string[];
  /** What is typed of the name before the cursor, without its opening quote. */
  readonly prefix: string;
  readonly isQuoted: boolean;
  /** What a completion replaces: the whole name at the cursor, with its quotes. */
  readonly from: number;
  readonly to: number;
  /** The relations that columns may come from here, the innermost first. */
  readonly relations: readonly ScopeRelation[];
  /** What FROM may name here besides the relations of the catalogue. */
  readonly commonTables: readonly CommonTable[];
  /** Keywords that fit, in capitals. */
  readonly keywords: readonly string[];
}

/** A name in a statement, for hovering and for going to what it names. */
export interface NameInText {
  readonly kind: 'schema' | 'relation' | 'column';
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** The relation itself, or that of the column; null for an unqualified column: it is in one of `relations`. */
  readonly relation: ScopeRelation | null;
  /** The relations that columns may come from here, the innermost first. */
  readonly relations: readonly ScopeRelation[];
}
