/** A relation that a statement reads or changes, or one that it makes for itself. */
export interface ScopeRelation {
  /** As written; null when it is not. */
  readonly schema: string | null;
  /** Null for a query in brackets. */
  readonly name: string | null;
  readonly alias: string | null;
  /** Columns that the statement itself names, of a query in brackets or a common table expression; null: ask the catalogue. */
  readonly columns: readonly string[] | null;
}

/** What names mean at a place in a statement. */
export interface SqlScope {
  /** What can be named with its columns here. */
  readonly relations: readonly ScopeRelation[];
  /** Common table expressions that can be read here. */
  readonly ctes: readonly ScopeRelation[];
}
