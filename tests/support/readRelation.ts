import type { RowReader } from '../../src/main/connectors/Catalogue.ts';
import type { QueryOptions, SqlConnection } from '../../src/main/connectors/Connection.ts';
import type { RowStream } from '../../src/main/connectors/RowStream.ts';
import type { RelationPage } from '../../src/main/sessions/ConnectionManager.ts';
import type { RelationRef } from '../../src/shared/model/schemaTree.ts';

/** The first rows of a relation, unfiltered and in the order of its key. */
export async function firstPage(
  reader: RowReader,
  connection: SqlConnection,
  { relation, limit }: { readonly relation: RelationRef; readonly limit: number },
  options: QueryOptions,
): Promise<RelationPage> {
  const shape = await reader.shape(connection, relation, options);
  return { relation, shape, sort: [], filters: [], after: null, limit };
}

/** The rows of a relation as the tab of a table reads them. */
export async function readRelation(
  reader: RowReader,
  connection: SqlConnection,
  relation: RelationRef,
  limit: number,
  options: QueryOptions,
): Promise<RowStream> {
  const { shape, ...page } = await firstPage(reader, connection, { relation, limit }, options);
  return reader.readPage(connection, relation, shape, page, options);
}
