/** Where columns come from: one by its name, or all columns that the catalogue has of a relation. */
export type ColumnSource = { readonly name: string } | { readonly all: ScopeRelation };

/** A relation in a statement. Names are as the server reads them: without quotes, and in its case. */
export interface ScopeRelation {
  /** What its columns may be qualified with: its alias, else its name; null for a query without an alias. */
  readonly alias: string | null;
  readonly schema: string | null;
  /** Null for a query in parentheses and for a function. */
  readonly name: string | null;
  /** What the text says of them: for a common table expression, a query, a list behind an alias. Null: ask the catalogue. */
  readonly columns: readonly ColumnSource[] | null;
}

/** A common table expression. */
export interface CommonTable {
  readonly name: string;
  readonly columns: readonly ColumnSource[];
}

/** What names mean at a place in a statement. */
export interface SqlScope {
  /** The relations that columns may come from, the innermost first. */
  readonly relations: readonly ScopeRelation[];
  /** What FROM may name besides the relations of the catalogue; the later one hides the earlier. */
  readonly commonTables: readonly CommonTable[];
  /** What the statement changes. */
  readonly target: ScopeRelation | null;
}

/**
 * What fits at a place:
 * - `start`: the beginning of a statement or of a query;
 * - `relation`: a relation, or the schema before it;
 * - `column`: a column of the relation that is changed;
 * - `expression`: a column, a function, a relation of the statement before its column;
 * - `type`: a type of data;
 * - `continuation`: what goes on behind a name or a value.
 */
export type Expected = 'start' | 'relation' | 'column' | 'expression' | 'type' | 'continuation';

/** Where a cursor stands in a statement. */
export interface CursorPlace {
  readonly expects: Expected;
  /** The names before the last point, as the server reads them: `['sales', 'client']` of `sales.client.id`. */
  readonly qualifier: readonly string[];
  /** What a completion replaces: the name at the cursor with its quotes. Empty where none has been begun. */
  readonly from: number;
  readonly to: number;
  readonly isQuoted: boolean;
}

/** A name in a statement with the names before its points, as the server reads them. */
export interface NameInText {
  readonly path: readonly string[];
  /** Of the last one. */
  readonly from: number;
  readonly to: number;
  /** The relation that it names by its name or its alias, if the statement has it. */
  readonly relation: ScopeRelation | null;
}
