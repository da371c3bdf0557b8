import { engineOf } from '../../../shared/engines/engines.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { RelationRef } from '../../../shared/model/schemaTree.ts';
import { engineText } from '../../text/engines/index.ts';
import { useDataSource } from '../connections/index.ts';

/** Null once the data source is gone. */
const useKind = (sourceId: DataSourceId) => useDataSource(sourceId)?.dataSource.engine.kind ?? null;

/** What the engine of a data source calls the facts about a node. */
export function useNodeFactTexts(sourceId: DataSourceId) {
  const kind = useKind(sourceId);
  return kind === null ? {} : engineText(kind).nodeFacts;
}

/** How names of a data source are written in its statements. */
export function useQuoting(sourceId: DataSourceId) {
  const kind = useKind(sourceId);
  const quote = (name: string): string => (kind === null ? name : engineOf(kind).quote(name));
  return { quote, quoteQualified: ({ schema, name }: RelationRef) => `${quote(schema)}.${quote(name)}` };
}
