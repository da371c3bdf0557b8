import { useStore } from 'zustand';
import { call } from '../../lib/api.ts';
import { statusBarStore } from '../../lib/statusBar.ts';
import { createTabsStore } from './createTabsStore.ts';
import type { TabsState } from './tabsState.ts';

/** What the window has open. */
export const tabsStore = createTabsStore({
  onClosed({ id, kind }) {
    // A convenience of main: what it cannot drop now goes with the window. It has logged why.
    if (kind === 'query' || kind === 'relation') call('query.close', { tabId: id }).catch(() => undefined);
  },
  work: () => statusBarStore.getState().work,
});

export function useTabs<Selected>(selector: (state: TabsState) => Selected): Selected {
  return useStore(tabsStore, selector);
}
