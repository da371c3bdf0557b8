import { objectsStore } from './features/objects/index.ts';
import { activeTabOf, tabsStore } from './features/tabs/index.ts';
import { onEvent } from './lib/api.ts';

/**
 * Keeps which objects somebody looks at, to be found quickly later on.
 * @returns ends it
 */
export function followOpened(): () => void {
  const { load, opened } = objectsStore.getState();
  void load();
  const stops = [
    onEvent('store.replaced', () => void load()),
    tabsStore.subscribe((state, previous) => {
      const tab = activeTabOf(state);
      const before = activeTabOf(previous);
      if (tab?.kind !== 'relation') return;
      // A tab goes on to another object as well, by a foreign key.
      if (before?.kind === 'relation' && before.id === tab.id && before.node === tab.node) return;
      opened(tab.sourceId, tab.node);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
