import type { DataSourceId } from '../../../shared/model/ids.ts';
import { connectionsStore } from '../connections/index.ts';
import { activeSourceIdOf } from './tabGroups.ts';
import { tabsStore } from './tabs.ts';

/** The data source that something new is for: that of the tab in front, else the only one that is connected. */
export function sourceInFront(): DataSourceId | null {
  const { byId, states, order } = connectionsStore.getState();
  const ofTab = activeSourceIdOf(tabsStore.getState());
  if (ofTab !== null && byId[ofTab] !== undefined) return ofTab;
  const connected = order.filter((id) => states[id]?.status === 'ready');
  return (connected.length === 1 ? connected[0] : order.length === 1 ? order[0] : null) ?? null;
}

/** Opens an empty query for the data source in front, on a side of the main area. */
export function newQueryHere(group = tabsStore.getState().focusedGroup): void {
  tabsStore.getState().focusGroup(group);
  tabsStore.getState().openQuery({ sourceId: sourceInFront() });
}
