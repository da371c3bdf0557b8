import { neverAborted } from '../../../base/abort.ts';
import type { OwnRead, QueryOptions, QueryResult, SqlConnection, Statement } from '../../Connection.ts';

const closeTimeoutMs = 5_000;

/** The rows of a relation are one query: that of whoever reads them. */
const countedAs = (reads: OwnRead['reads']) =>
  ({ purpose: reads === 'rows' ? 'part' : 'catalogue' }) as const;

/** A cursor on the server, in a read-only transaction of its own that sees one state of the database. */
export class ServerCursor {
  readonly #connection: SqlConnection;
  readonly #own: OwnRead;

  private constructor(connection: SqlConnection, reads: OwnRead['reads']) {
    this.#connection = connection;
    this.#own = { reads, transaction: 'continue' };
  }

  /**
   * @param reads what the query reads
   * @param query a SELECT without parameters
   * @throws what the query fails with; no transaction is left open then
   */
  static async open(
    connection: SqlConnection,
    reads: OwnRead['reads'],
    query: string,
    options: QueryOptions,
  ): Promise<ServerCursor> {
    const cursor = new ServerCursor(connection, reads);
    const text = `DECLARE mooring_rows NO SCROLL CURSOR FOR ${query}`;
    try {
      const own = { reads, transaction: 'begin' } as const;
      await connection.query({ text, own }, { ...options, ...countedAs(reads) });
      return cursor;
    } catch (error) {
      await cursor.close();
      throw error;
    }
  }

  /** Runs a statement in the transaction of the cursor. */
  query(statement: Statement, options: QueryOptions): Promise<QueryResult> {
    const { reads } = this.#own;
    return this.#connection.query({ ...statement, own: this.#own }, { ...options, ...countedAs(reads) });
  }

  /** The next rows; fewer than asked for only at the end. */
  async fetch(count: number, options: QueryOptions): Promise<QueryResult['rows']> {
    const { rows } = await this.query({ text: `FETCH FORWARD ${count} FROM mooring_rows` }, options);
    return rows;
  }

  /** Ends the transaction. A session whose transaction cannot be ended must not be lent again. Never rejects. */
  async close(): Promise<void> {
    if (!this.#connection.isUsable || !this.#connection.isInTransaction) return;
    try {
      await this.query({ text: 'ROLLBACK' }, { signal: neverAborted, timeoutMs: closeTimeoutMs });
    } catch {
      this.#connection.destroy();
    }
  }
}
