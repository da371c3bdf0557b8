import type { OpenedSource, SourceOptions } from './OpenedSource.ts';
import { QuerySource } from './QuerySource.ts';
import { RelationSource } from './RelationSource.ts';

/**
 * Asks a source for its columns, so that it can be read.
 * @throws PIPELINE_DRIFTED for a cursor or a filtered column that is gone; NOT_FOUND for a relation; PIPELINE_INVALID for a query that does
 *   not read, or a cursor that cannot be one; what the source refuses
 */
export async function openSource(options: SourceOptions): Promise<OpenedSource> {
  const { source } = options;
  return source.type === 'query'
    ? QuerySource.open(options, source.text)
    : RelationSource.open(options, source.relation);
}
