import { z } from 'zod';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import type { RowReader } from '../../Catalogue.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import type { RowStream } from '../../RowStream.ts';
import { runCatalogueStatement, textCell } from '../../sql/askCatalogue.ts';
import { quoteRelation } from '../postgresDialect.ts';
import { parseRows } from './resultRows.ts';

const columnsQuery = `
SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attnum`;

const columnRow = z.tuple([textCell, textCell]);

/** Reads relations as one statement in a read-only transaction, which ends with its rows. */
export class PostgresRowReader implements RowReader {
  /** @throws what the relation's query fails with; no transaction is left open then */
  async readRows(
    connection: SqlConnection,
    relation: RelationRef,
    limit: number,
    options: QueryOptions,
  ): Promise<RowStream> {
    const values = [relation.schema, relation.name];
    const result = await runCatalogueStatement(connection, { text: columnsQuery, values }, options);
    const types = new Map(parseRows(result, columnRow));
    const text = `SELECT * FROM ${quoteRelation(relation)} LIMIT ${Math.trunc(limit)}`;
    // Whoever reads the relation counts it.
    const rows = await connection.run({ text, own: { reads: 'rows' } }, { ...options, purpose: 'part' });
    return {
      // As the catalogue writes types, with length and precision.
      columns: rows.columns.map((column) => ({ ...column, type: types.get(column.name) ?? column.type })),
      next: (maxRows) => rows.next(maxRows),
      nextEncoded: () => rows.nextEncoded(),
      close: () => rows.close(),
    };
  }
}
