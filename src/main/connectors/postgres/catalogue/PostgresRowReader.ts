import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import type { RelationShape, RowPage, RowReader } from '../../Catalogue.ts';
import type { QueryOptions, RunOptions, SqlConnection } from '../../Connection.ts';
import type { RowStream } from '../../RowStream.ts';
import { type PageWords, pageSql } from '../../sql/pageSql.ts';
import { postgresDialect, quoteRelation } from '../postgresDialect.ts';
import { readShape } from './relationShape.ts';

/** Reads relations as one statement in a read-only transaction, which ends with its rows. */
export class PostgresRowReader implements RowReader {
  shape(connection: SqlConnection, relation: RelationRef, options: QueryOptions): Promise<RelationShape> {
    return readShape(connection, relation, options);
  }

  /** The server's text of a value is read back as the same value, floating point included. */
  canPage({ key }: RelationShape): boolean {
    return key.length > 0;
  }

  /** @throws what the query fails with, such as an order by a type that has none; no transaction is left open then */
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
