import { z } from 'zod';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import type { RowReader } from '../../Catalogue.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import type { ResultColumn, Row, RowStream } from '../../RowStream.ts';
import { quoteRelation } from '../postgresDialect.ts';
import { ServerCursor } from '../statements/ServerCursor.ts';
import { runCatalogueStatement } from './askCatalogue.ts';
import { parseRows, textCell } from './resultRows.ts';

/** Before the size of a row is known. */
const firstFetchCount = 50;
/** Characters that one fetch may bring, about. */
const fetchBudget = 8 * 1024 * 1024;

const columnsQuery = `
SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attnum`;

const columnRow = z.tuple([textCell, textCell]);

/** Reads relations through a cursor on the server, in a read-only transaction. */
export class PostgresRowReader implements RowReader {
  /** @throws what the relation's query fails with; no transaction is left open then */
  async readRows(
    connection: SqlConnection,
    relation: RelationRef,
    limit: number,
    options: QueryOptions,
  ): Promise<RowStream> {
    const rows = `SELECT * FROM ${quoteRelation(relation)} LIMIT ${Math.trunc(limit)}`;
    const cursor = await ServerCursor.open(connection, 'rows', rows, options);
    try {
      const values = [relation.schema, relation.name];
      // After the cursor, which keeps the columns as they are.
      const result = await runCatalogueStatement(connection, { text: columnsQuery, values }, options);
      const columns = parseRows(result, columnRow).map(([name, type]) => ({ name, type }));
      return new CursorStream(cursor, columns, options);
    } catch (error) {
      await cursor.close();
      throw error;
    }
  }
}

/**
 * The rows of a cursor. It fetches fewer at a time than asked for when rows are large, so that memory holds a few megabytes
 * at most.
 */
class CursorStream implements RowStream {
  readonly columns: readonly ResultColumn[];
  readonly #cursor: ServerCursor;
  readonly #options: QueryOptions;
  #fetchCount = firstFetchCount;
  #isFinished = false;

  constructor(cursor: ServerCursor, columns: readonly ResultColumn[], options: QueryOptions) {
    this.#cursor = cursor;
    this.columns = columns;
    this.#options = options;
  }

  async next(maxRows: number): Promise<readonly Row[]> {
    if (this.#isFinished || maxRows < 1) return [];
    const count = Math.min(maxRows, this.#fetchCount);
    const rows = await this.#cursor.fetch(count, this.#options);
    this.#isFinished = rows.length < count;
    this.#fetchCount = nextFetchCount(rows);
    return rows;
  }

  async close(): Promise<void> {
    this.#isFinished = true;
    await this.#cursor.close();
  }
}

function nextFetchCount(rows: readonly Row[]): number {
  let size = 0;
  for (const row of rows) for (const cell of row) size += cell?.length ?? 0;
  const rowSize = Math.max(1, size / Math.max(1, rows.length));
  return Math.max(1, Math.floor(fetchBudget / rowSize));
}
