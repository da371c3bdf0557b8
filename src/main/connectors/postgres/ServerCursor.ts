import { neverAborted } from '../../base/abort.ts';
import type { Connection, QueryOptions, QueryResult, Statement } from '../Connector.ts';

const closeTimeoutMs = 5_000;

/** A cursor on the server, in a read-only transaction of its own that sees one state of the database. */
export class ServerCursor {
  readonly #connection: Connection;
  readonly #purpose: NonNullable<QueryOptions['purpose']>;

  private constructor(connection: Connection, purpose: NonNullable<QueryOptions['purpose']>) {
    this.#connection = connection;
    this.#purpose = purpose;
  }

  /**
   * @param query a SELECT without parameters
   * @param purpose of each statement that the cursor takes
   * @throws what the query fails with; no transaction is left open then
   */
  static async open(
    connection: Connection,
    query: string,
    purpose: NonNullable<QueryOptions['purpose']>,
    options: QueryOptions,
  ): Promise<ServerCursor> {
    const cursor = new ServerCursor(connection, purpose);
    await cursor.query({ text: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' }, options);
    try {
      await cursor.query({ text: `DECLARE mooring_rows NO SCROLL CURSOR FOR ${query}` }, options);
      return cursor;
    } catch (error) {
      await cursor.close();
      throw error;
    }
  }

  /** Runs a statement in the transaction of the cursor. */
  query(statement: Statement, options: QueryOptions): Promise<QueryResult> {
    return this.#connection.query(statement, { ...options, purpose: this.#purpose });
  }

  /** The next rows; fewer than asked for only at the end. */
  async fetch(count: number, options: QueryOptions): Promise<QueryResult['rows']> {
    const { rows } = await this.query({ text: `FETCH FORWARD ${count} FROM mooring_rows` }, options);
    return rows;
  }

  /** Ends the transaction. A session whose transaction cannot be ended must not be lent again. Never rejects. */
  async close(): Promise<void> {
    if (!this.#connection.isUsable) return;
    try {
      await this.query({ text: 'ROLLBACK' }, { signal: neverAborted, timeoutMs: closeTimeoutMs });
    } catch {
      this.#connection.destroy();
    }
  }
}
