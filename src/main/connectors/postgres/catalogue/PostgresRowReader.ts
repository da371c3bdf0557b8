import type { SortKey } from '../../../../shared/model/results.ts';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import type { ReadableRelation, RowPage, RowReader } from '../../Catalogue.ts';
import type { QueryOptions, RunOptions, SqlConnection } from '../../Connection.ts';
import type { RowStream } from '../../RowStream.ts';
import { orderOf, type PageWords, pageSql, type RelationShape } from '../../sql/pageSql.ts';
import { buildNamed } from '../family/builds.ts';
import { postgresDialect, quoteRelation } from '../postgresDialect.ts';
import { shapePlainly } from './plain/plainRelation.ts';
import { type LinkedShape, missingRelation, readShape } from './relationShape.ts';

/** Reads relations. */
export class PostgresRowReader implements RowReader {
  async find(
    connection: SqlConnection,
    relation: RelationRef,
    options: QueryOptions,
  ): Promise<ReadableRelation> {
    return new PostgresRelation(relation, await shapeOf(connection, relation, options));
  }
}

async function shapeOf(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<LinkedShape> {
  if (!buildNamed(connection.server.build).isPlain) return readShape(connection, relation, options);
  const shape = await shapePlainly(connection, relation, options);
  if (shape === null) throw missingRelation(relation);
  return shape;
}

/** Each page is one statement in a read-only transaction, which ends with its rows. */
class PostgresRelation implements ReadableRelation {
  readonly links: ReadableRelation['links'];
  readonly #shape: RelationShape;
  readonly #words: PageWords;
  /** The statement up to its conditions. Each column by its name, so that all pages have the same ones. */
  readonly #selected: string;

  constructor(relation: RelationRef, { links, unordered, ...shape }: LinkedShape) {
    const columns = shape.columns.map(({ name }) => postgresDialect.quoteIdentifier(name)).join(', ');
    this.#selected = `SELECT ${columns} FROM ${quoteRelation(relation)}`;
    this.#shape = shape;
    this.#words = wordsFor(shape, unordered);
    this.links = links;
  }

  /** The server's text of a value is read back as the same value, floating point included. */
  pageKey(sort: readonly SortKey[]): readonly number[] | null {
    return this.#shape.key.length === 0 ? null : orderOf(this.#shape, sort).map(({ column }) => column);
  }

  async readPage(connection: SqlConnection, page: RowPage, options: RunOptions): Promise<RowStream> {
    const { text, values } = pageSql(this.#shape, page, this.#words, (number) => `$${number}`);
    const statement = { text: `${this.#selected} ${text}`, values };
    const own = { reads: 'rows' } as const;
    const rows = await connection.run({ ...statement, own }, { ...options, purpose: 'part' });
    return typedAs(this.#shape, rows);
  }
}

const nameOf = (column: RelationShape['columns'][number] | undefined): string =>
  postgresDialect.quoteIdentifier(column?.name ?? '');

/** The type of a parameter is that of the column that it is compared with. */
const wordsFor = ({ columns }: RelationShape, unordered: ReadonlySet<number>): PageWords => ({
  column: (index) => `${nameOf(columns[index])}${unordered.has(index) ? '::pg_catalog.text' : ''}`,
  value: (_, text, bind) => bind(text),
  orderedBy: (column, isDescending, isNullable) =>
    `${column}${isDescending ? ' DESC' : ''}${isNullable ? ' NULLS LAST' : ''}`,
  isLike: (index, pattern) => `${nameOf(columns[index])}::pg_catalog.text ILIKE ${pattern} ESCAPE '!'`,
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
