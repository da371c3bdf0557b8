import { z } from 'zod';
import type { RelationRef } from '../../../shared/model/schemaTree.ts';
import { neverAborted } from '../../base/abort.ts';
import type { Connection, QueryOptions, RowReader } from '../Connector.ts';
import { quoteRelation } from './quoteRelation.ts';
import { parseRows, textCell } from './resultRows.ts';

/** Before the size of a row is known. */
const firstFetchCount = 50;
/** Characters that one fetch may bring, about. */
const fetchBudget = 8 * 1024 * 1024;
const closeTimeoutMs = 5_000;

const columnsQuery = `
SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attnum`;

/** All of them together are one query: that of whoever reads. */
const asPart = (options: QueryOptions): QueryOptions => ({ ...options, purpose: 'part' });

const columnRow = z.tuple([textCell, textCell]);

/**
 * Reads a relation through a cursor on the server, in a read-only transaction of its own. It fetches fewer rows at a
 * time than asked for when rows are large, so that memory holds a few megabytes at most.
 */
export class PostgresRowReader implements RowReader {
  readonly fields: RowReader['fields'];
  readonly #connection: Connection;
  #fetchCount = firstFetchCount;
  #isFinished = false;

  private constructor(connection: Connection, fields: RowReader['fields']) {
    this.#connection = connection;
    this.fields = fields;
  }

  /** @throws what the relation's query fails with; no transaction is left open then */
  static async open(
    connection: Connection,
    relation: RelationRef,
    limit: number,
    callerOptions: QueryOptions,
  ): Promise<PostgresRowReader> {
    const options = asPart(callerOptions);
    const rows = `SELECT * FROM ${quoteRelation(relation)} LIMIT ${Math.trunc(limit)}`;
    await connection.query({ text: 'BEGIN READ ONLY' }, options);
    try {
      await connection.query({ text: `DECLARE mooring_rows NO SCROLL CURSOR FOR ${rows}` }, options);
      const values = [relation.schema, relation.name];
      const columns = parseRows(await connection.query({ text: columnsQuery, values }, options), columnRow);
      return new PostgresRowReader(
        connection,
        columns.map(([name, type]) => ({ name, type })),
      );
    } catch (error) {
      await endTransaction(connection);
      throw error;
    }
  }

  async next(maxRows: number, options: QueryOptions): Promise<readonly (readonly (string | null)[])[]> {
    if (this.#isFinished || maxRows < 1) return [];
    const count = Math.min(maxRows, this.#fetchCount);
    const { rows } = await this.#connection.query(
      { text: `FETCH FORWARD ${count} FROM mooring_rows` },
      asPart(options),
    );
    this.#isFinished = rows.length < count;
    this.#fetchCount = nextFetchCount(rows);
    return rows;
  }

  async close(): Promise<void> {
    this.#isFinished = true;
    await endTransaction(this.#connection);
  }
}

function nextFetchCount(rows: readonly (readonly (string | null)[])[]): number {
  let size = 0;
  for (const row of rows) for (const cell of row) size += cell?.length ?? 0;
  const rowSize = Math.max(1, size / Math.max(1, rows.length));
  return Math.max(1, Math.floor(fetchBudget / rowSize));
}

/** A session whose transaction cannot be ended must not be lent again. */
async function endTransaction(connection: Connection): Promise<void> {
  if (!connection.isUsable) return;
  try {
    const options = asPart({ signal: neverAborted, timeoutMs: closeTimeoutMs });
    await connection.query({ text: 'ROLLBACK' }, options);
  } catch {
    connection.destroy();
  }
}
