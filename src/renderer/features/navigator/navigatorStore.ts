import { createStore } from 'zustand/vanilla';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { type Toggles, withToggled } from './toggles.ts';

interface NavigatorState {
  readonly filter: string;
  /** What somebody opened or closed while browsing; kept for as long as the app runs. */
  readonly toggles: Toggles;
  /** The same while filtering; forgotten with the filter. */
  readonly filterToggles: Toggles;
  readonly showsSystem: ReadonlySet<DataSourceId>;
  /** Row with the keyboard focus. */
  readonly activeKey: string | null;
  /** Row whose name is being edited. */
  readonly renamingKey: string | null;
  /** The data source that waits for somebody to say which folder it goes to. */
  readonly movingId: DataSourceId | null;

  readonly setFilter: (filter: string) => void;
  /** @param scope a data source, for the rows below it; `outlineScope` for those above */
  readonly toggle: (scope: string, key: string, isExpanded: boolean) => void;
  /** Opens a row for browsing, whatever the filter is. */
  readonly expand: (scope: string, key: string) => void;
  readonly collapseAll: () => void;
  readonly setActive: (key: string | null) => void;
  readonly setRenaming: (key: string | null) => void;
  readonly askMove: (id: DataSourceId | null) => void;
  readonly setShowsSystem: (id: DataSourceId, shows: boolean) => void;
}

const noToggles: Toggles = {};

/** How a person looks at the navigator. */
export function createNavigatorStore() {
  return createStore<NavigatorState>()((set) => ({
    filter: '',
    toggles: noToggles,
    filterToggles: noToggles,
    showsSystem: new Set(),
    activeKey: null,
    renamingKey: null,
    movingId: null,

    // Always the same empty toggles: with new ones each key press would have all rows made anew.
    setFilter: (filter) => set({ filter, filterToggles: noToggles }),
    toggle: (scope, key, isExpanded) =>
      set((state) =>
        state.filter.trim() === ''
          ? { toggles: withToggled(state.toggles, scope, key, isExpanded) }
          : { filterToggles: withToggled(state.filterToggles, scope, key, isExpanded) },
      ),
    expand: (scope, key) => set(({ toggles }) => ({ toggles: withToggled(toggles, scope, key, true) })),
    collapseAll: () =>
      set(({ toggles }) => ({
        // Each scope stays known as one that somebody has arranged.
        toggles: Object.fromEntries(Object.keys(toggles).map((scope) => [scope, new Map()])),
      })),
    setActive: (activeKey) => set({ activeKey }),
    setRenaming: (renamingKey) => set({ renamingKey }),
    askMove: (movingId) => set({ movingId }),
    setShowsSystem: (id, shows) =>
      set(({ showsSystem }) => {
        const next = new Set(showsSystem);
        if (shows) next.add(id);
        else next.delete(id);
        return { showsSystem: next };
      }),
  }));
}
