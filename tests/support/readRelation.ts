import type { RowReader } from '../../src/main/connectors/Catalogue.ts';
import type { Connection, QueryOptions } from '../../src/main/connectors/Connection.ts';
import type { RowStream } from '../../src/main/connectors/RowStream.ts';
import type { RelationRef } from '../../src/shared/model/schemaTree.ts';

/** The first rows of a relation, unfiltered and in the order of its key. */
export const firstRows = (limit: number) => ({ sort: [], filters: [], after: null, limit });

/** The rows of a relation as the tab of a table reads them. */
export async function readRelation(
  reader: RowReader,
  connection: Connection,
  relation: RelationRef,
  limit: number,
  options: QueryOptions,
): Promise<RowStream> {
  const found = await reader.find(connection, relation, options);
  return found.readPage(connection, firstRows(limit), options);
}
