import type { DataSource } from '../../../../shared/model/dataSource.ts';
import type { TabOf } from '../../../../shared/model/tabs.ts';
import { useConnections } from '../../connections/index.ts';

/** The data source of a tab; null when none is chosen, or it is gone. */
export function useDataSourceOf({ sourceId }: Pick<TabOf<'query'>, 'sourceId'>): DataSource | null {
  return useConnections(({ byId }) => (sourceId === null ? null : (byId[sourceId]?.dataSource ?? null)));
}
