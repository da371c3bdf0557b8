import { createStore } from 'zustand/vanilla';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { tabsStore } from '../tabs/index.ts';

/** The data source whose search somebody has just asked for: its field gets the focus. */
export const wantedSearch = createStore<{ readonly sourceId: DataSourceId | null }>()(() => ({
  sourceId: null,
}));

/** Opens the search through a data source, or goes to it, ready to type. */
export function openSearch(sourceId: DataSourceId): void {
  wantedSearch.setState({ sourceId });
  tabsStore.getState().openSearch(sourceId);
}
