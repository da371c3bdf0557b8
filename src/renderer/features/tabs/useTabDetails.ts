import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { Tab } from '../../../shared/model/tabs.ts';
import { useConnections, useDamaged } from '../connections/index.ts';
import { sourceIdOf } from './tabGroups.ts';

interface TabDetails {
  readonly source: DataSource | undefined;
  /** The name of the data source, also of one that cannot be read; null when it is gone or there is none. */
  readonly sourceName: string | null;
  /** It belongs to a data source that is no longer in the list. */
  readonly isGone: boolean;
}

/** What a tab takes from its data source. */
export function useTabDetails(tab: Tab): TabDetails {
  const sourceId = sourceIdOf(tab);
  const source = useConnections((store) =>
    sourceId === null ? undefined : store.byId[sourceId]?.dataSource,
  );
  const damaged = useDamaged(sourceId);
  const isListed = useConnections((store) => store.loading.status === 'ready');
  return {
    source,
    sourceName: source?.name ?? damaged?.name ?? null,
    isGone: isListed && sourceId !== null && source === undefined && damaged === undefined,
  };
}
