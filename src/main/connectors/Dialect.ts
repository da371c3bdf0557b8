import type { SessionState } from '../../shared/sql/SqlLanguage.ts';

export type Isolation = 'read committed' | 'repeatable read' | 'serializable';

export interface TransactionWords {
  /** The statements that begin a transaction, in order. Without an isolation level the server's default holds. */
  begin(options: { readonly readOnly: boolean; readonly isolation: Isolation | null }): readonly string[];
  readonly commit: string;
  readonly rollback: string;
  savepoint(name: string): string;
  release(name: string): string;
  rollbackTo(name: string): string;
}

/** Asks which of some states a session still holds. */
export interface HeldStateQuestion {
  readonly states: readonly SessionState[];
  /** A statement that answers those of them that are there, one row each. */
  readonly text: string;
}

/** How an engine writes what Mooring itself has to say in SQL. */
export interface Dialect {
  readonly transactions: TransactionWords;
  quoteIdentifier(name: string): string;
  /** A statement that answers the schemas in which names are looked up, in order: one row each, its name first. */
  readonly searchPath: string;
  /** What a session may hold that its server can be asked about. */
  readonly heldStates: HeldStateQuestion | null;
}
