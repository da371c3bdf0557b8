import type { DataSourceId } from '../../../shared/model/ids.ts';
import { tabsText } from '../../text/tabs.ts';
import { capabilitiesOf, connectionsStore, useConnections } from '../connections/index.ts';
import { activeSourceIdOf } from './tabGroups.ts';
import { tabsStore, useTabs } from './tabs.ts';

/** The data source that something new is for: that of the tab in front, else the only one that is connected. */
export function sourceInFront(): DataSourceId | null {
  const { byId, states, order } = connectionsStore.getState();
  const ofTab = activeSourceIdOf(tabsStore.getState());
  if (ofTab !== null && byId[ofTab] !== undefined) return ofTab;
  const connected = order.filter((id) => states[id]?.status === 'ready');
  return (connected.length === 1 ? connected[0] : order.length === 1 ? order[0] : null) ?? null;
}

/** Whether statements can be run in a data source; without one, it is chosen in the tab. */
const takesQueries = (id: DataSourceId | null): boolean => capabilitiesOf(id)?.sql ?? true;

/** Whether the data source in front takes single requests of a person. */
export const takesRequestsHere = (): boolean => capabilitiesOf(sourceInFront())?.requests === true;

export const takesQueriesHere = (): boolean => takesQueries(sourceInFront());

/** Opens an empty query for the data source in front. */
export function newQueryHere(): void {
  const sourceId = sourceInFront();
  tabsStore.getState().openQuery({ sourceId: takesQueries(sourceId) ? sourceId : null });
}

/** Opens an empty request to the data source in front. */
export function newRequestHere(): void {
  const sourceId = sourceInFront();
  if (sourceId !== null) tabsStore.getState().openRequest(sourceId);
}

/** What a new tab is for the data source in front: a query or, where it takes none, a request. */
export function useNewTab(): { readonly label: string; readonly open: (group?: number) => void } {
  useTabs(activeSourceIdOf);
  useConnections(({ byId }) => byId);
  const isQuery = takesQueriesHere() || !takesRequestsHere();
  return {
    label: isQuery ? tabsText.newQuery : tabsText.newRequest,
    open: (group = tabsStore.getState().focusedGroup) => {
      tabsStore.getState().focusGroup(group);
      if (isQuery) newQueryHere();
      else newRequestHere();
    },
  };
}
