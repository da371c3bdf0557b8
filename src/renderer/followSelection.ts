import { connectionsStore } from './features/connections/index.ts';
import { activeTabOf, sourceIdOf, tabsStore } from './features/tabs/index.ts';

const sourceInFront = (): string | null => {
  const tab = activeTabOf(tabsStore.getState());
  return tab === undefined ? null : sourceIdOf(tab);
};

/**
 * Keeps the selected data source and the tab in front together: one that is selected, as after it was added or
 * duplicated, opens, and the one of a tab that comes to the front is selected.
 * @returns ends it
 */
export function followSelection(): () => void {
  const stops = [
    connectionsStore.subscribe(({ selectedId }, previous) => {
      if (selectedId === null || selectedId === previous.selectedId || selectedId === sourceInFront()) return;
      tabsStore.getState().openSource(selectedId);
    }),
    tabsStore.subscribe((state, previous) => {
      if (activeTabOf(state) === activeTabOf(previous)) return;
      const id = sourceInFront();
      if (connectionsStore.getState().selectedId !== id) connectionsStore.getState().select(id);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
