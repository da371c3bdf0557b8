import type { QueryOptions, QueryResult, Statement } from '../../connectors/Connection.ts';
import type { Isolation } from '../../connectors/Dialect.ts';

/** What work inside of a transaction may do. Its connection is its own for as long as it runs. */
export interface Transaction {
  /** False when it has ended or its connection is gone. */
  readonly isOpen: boolean;
  /**
   * One statement of the transaction. One that fails leaves nothing to commit: the whole fails with its error, unless it
   * ran inside of a savepoint.
   * @throws TRANSACTION_OVER, TRANSACTION_LOST, or what the statement fails with
   */
  query(statement: Statement, options: QueryOptions): Promise<QueryResult>;
  /**
   * Work that can fail by itself: what it did is undone, its error is thrown, and the transaction goes on. Savepoints may
   * be nested, but not run side by side.
   * @throws TRANSACTION_OVER, TRANSACTION_LOST, or what `work` fails with
   */
  savepoint<Value>(work: () => Promise<Value>): Promise<Value>;
}

export interface TransactionOptions {
  /** The server refuses every write. */
  readonly readOnly?: boolean;
  /** The server's default when absent. */
  readonly isolation?: Isolation;
}

export type TransactionWork<Value> = (transaction: Transaction) => Promise<Value>;
