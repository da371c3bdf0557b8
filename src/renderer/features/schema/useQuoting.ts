import { engineOf } from '../../../shared/engines/engines.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { RelationRef } from '../../../shared/model/schemaTree.ts';
import { useDataSource } from '../connections/index.ts';
import { noSchema } from './treeKeys.ts';

/** How names of a data source are written in its statements. */
export function useQuoting(sourceId: DataSourceId) {
  const kind = useDataSource(sourceId)?.dataSource.engine.kind;
  const quote = (name: string): string => (kind === undefined ? name : engineOf(kind).quote(name));
  const quoteQualified = ({ schema, name }: RelationRef): string =>
    schema === noSchema ? quote(name) : `${quote(schema)}.${quote(name)}`;
  return { quote, quoteQualified };
}
