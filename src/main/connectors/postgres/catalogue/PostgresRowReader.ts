import { z } from 'zod';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import type { RelationShape, RowPage, RowReader } from '../../Catalogue.ts';
import type { QueryOptions, RunOptions, SqlConnection } from '../../Connection.ts';
import type { RowStream } from '../../RowStream.ts';
import { runCatalogueStatement, textCell } from '../../sql/askCatalogue.ts';
import { type PageWords, pageSql } from '../../sql/pageSql.ts';
import { postgresDialect, quoteRelation } from '../postgresDialect.ts';
import { readShape } from './relationShape.ts';
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

  shape(connection: SqlConnection, relation: RelationRef, options: QueryOptions): Promise<RelationShape> {
    return readShape(connection, relation, options);
  }

  /** The server's text of a value is read back as the same value, floating point included. */
  canPage({ key }: RelationShape): boolean {
    return key.length > 0;
  }

  /** @throws what the query fails with, such as an order by a type that has none */
  async readPage(
    connection: SqlConnection,
    relation: RelationRef,
    shape: RelationShape,
    page: RowPage,
    options: RunOptions,
  ): Promise<RowStream> {
    const { text, values } = pageSql(shape, page, wordsFor(shape), (number) => `$${number}`);
    const statement = { text: `SELECT * FROM ${quoteRelation(relation)} ${text}`, values };
    const own = { reads: 'rows' } as const;
    const rows = await connection.run({ ...statement, own }, { ...options, purpose: 'part' });
    return typedAs(shape, rows);
  }
}

/** The type of a parameter is that of the column that it is compared with. */
const wordsFor = ({ columns }: RelationShape): PageWords => ({
  column: (index) => postgresDialect.quoteIdentifier(columns[index]?.name ?? ''),
  value: (_, text, bind) => bind(text),
  orderedBy: (column, isDescending, isNullable) =>
    `${column}${isDescending ? ' DESC' : ''}${isNullable ? ' NULLS LAST' : ''}`,
  isLike: (column, pattern) => `${column}::pg_catalog.text ILIKE ${pattern} ESCAPE '!'`,
});

/** As the catalogue writes types, with length and precision. */
function typedAs({ columns }: RelationShape, rows: RowStream): RowStream {
  return {
    columns: rows.columns.map((column, index) => ({ ...column, type: columns[index]?.type ?? column.type })),
    next: (maxRows) => rows.next(maxRows),
    nextEncoded: () => rows.nextEncoded(),
    close: () => rows.close(),
  };
}
