import type { SortKey } from '../../../../shared/model/results.ts';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import { AppError } from '../../../base/AppError.ts';
import type { ReadableRelation, RowPage, RowReader } from '../../Catalogue.ts';
import type { QueryOptions, RunOptions, SqlConnection } from '../../Connection.ts';
import type { RowStream } from '../../RowStream.ts';
import { pageSql, type RelationShape } from '../../sql/pageSql.ts';
import { quoteName, quoteRelation } from './catalogueSql.ts';
import { type DictionaryColumn, readColumns } from './describeColumns.ts';
import { findPartition, quotePartition } from './partitions.ts';
import { geometryText, isGeometry, pageKey, pageWords, readLinks, readShape } from './relationShape.ts';

/** Reads tables, partitions, views and sequences. */
export class MysqlRowReader implements RowReader {
  async find(
    connection: SqlConnection,
    relation: RelationRef,
    options: QueryOptions,
  ): Promise<ReadableRelation> {
    const { table, from, columns } = await findRelation(connection, relation, options);
    if (columns.length > 0) {
      const shape = await readShape(connection, table, columns, options);
      const links = await readLinks(connection, table, columns, options);
      return new MysqlRelation(from, columns, shape, links);
    }
    // The server itself says what is wrong with a relation that has no columns.
    const statement = { text: `SELECT * FROM ${from} LIMIT 0`, own: { reads: 'rows' } as const };
    await connection.query(statement, { ...options, purpose: 'catalogue' });
    throw new AppError('NOT_FOUND', {
      title: 'This table or view cannot be read',
      detail: `${relation.schema}.${relation.name}`,
      causes: ['It was dropped or renamed.', 'It is a view of something that no longer exists.'],
      fixes: ['Refresh the schema.'],
    });
  }
}

/** Each column by its name: `SELECT *` leaves invisible ones out. */
class MysqlRelation implements ReadableRelation {
  readonly links: ReadableRelation['links'];
  readonly #columns: readonly DictionaryColumn[];
  readonly #shape: RelationShape;
  /** The statement up to its conditions. */
  readonly #selected: string;

  constructor(
    from: string,
    columns: readonly DictionaryColumn[],
    shape: RelationShape,
    links: ReadableRelation['links'],
  ) {
    this.#columns = columns;
    this.#shape = shape;
    this.#selected = `SELECT ${columns.map(selectedText).join(', ')} FROM ${from}`;
    this.links = links;
  }

  pageKey(sort: readonly SortKey[]): readonly number[] | null {
    return pageKey(this.#shape, sort);
  }

  async readPage(connection: SqlConnection, page: RowPage, options: RunOptions): Promise<RowStream> {
    const { text, values } = pageSql(this.#shape, page, pageWords(this.#shape), () => '?');
    const statement = { text: `${this.#selected} ${text}`, values, own: { reads: 'rows' } as const };
    return typedAs(this.#columns, await connection.run(statement, { ...options, purpose: 'part' }));
  }
}

interface FoundRelation {
  /** The relation, or the table that it is a partition of. */
  readonly table: RelationRef;
  /** For a FROM clause. */
  readonly from: string;
  readonly columns: readonly DictionaryColumn[];
}

/** A name without columns may be that of a partition. */
async function findRelation(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<FoundRelation> {
  const columns = await readColumns(connection, relation, options);
  const partition = columns.length > 0 ? null : await findPartition(connection, relation, options);
  if (partition === null) return { table: relation, from: quoteRelation(relation), columns };
  return {
    table: partition.table,
    from: quotePartition(partition),
    columns: await readColumns(connection, partition.table, options),
  };
}

function selectedText({ name, dataType }: DictionaryColumn): string {
  const column = quoteName(name);
  return isGeometry(dataType) ? `${geometryText(column)} AS ${column}` : column;
}

/** The stream with the types as the dictionary has them, which says more than the protocol: `uuid`, `int(5) unsigned`. */
function typedAs(columns: readonly DictionaryColumn[], rows: RowStream): RowStream {
  return {
    columns: columns.map(({ name, type, dataType }, index) => ({
      name,
      type,
      kind: isGeometry(dataType) ? 'geometry' : (rows.columns[index]?.kind ?? 'other'),
    })),
    next: (maxRows) => rows.next(maxRows),
    nextEncoded: () => rows.nextEncoded(),
    close: () => rows.close(),
  };
}
