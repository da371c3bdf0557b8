import { connectionsStore } from './features/connections/index.ts';
import { activeSourceIdOf, activeTabOf, tabsStore } from './features/tabs/index.ts';

/**
 * Keeps the selected data source and the tab in front together: one that is selected, as after it was added or
 * duplicated, opens, and the one of a tab that comes to the front is selected.
 * @returns ends it
 */
export function followSelection(): () => void {
  const stops = [
    connectionsStore.subscribe(({ selectedId }, previous) => {
      if (selectedId === null || selectedId === previous.selectedId) return;
      const tabs = tabsStore.getState();
      if (selectedId !== activeSourceIdOf(tabs)) tabs.openSource(selectedId);
    }),
    tabsStore.subscribe((state, previous) => {
      if (activeTabOf(state) === activeTabOf(previous)) return;
      const id = activeSourceIdOf(tabsStore.getState());
      if (connectionsStore.getState().selectedId !== id) connectionsStore.getState().select(id);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
