import { useStore } from 'zustand';
import { call, onEvent } from '../../lib/api.ts';
import { notifyError } from '../../lib/notify.tsx';
import { capabilitiesOf, connectionsStore, isDatabase } from '../connections/index.ts';
import { databasesStore } from '../databases/index.ts';
import { followSchemaEvents, schemaStore } from '../schema/index.ts';
import { withoutGone } from './arrangement.ts';
import { createArrangementStore } from './arrangementStore.ts';
import { followConnections } from './followConnections.ts';
import { createNavigatorStore } from './navigatorStore.ts';

/** How the person looks at the window's navigator. */
export const navigatorStore = createNavigatorStore();

/** The window's folders, favourites and order of data sources. */
export const arrangementStore = createArrangementStore({
  call,
  reportError: notifyError,
  tidied(arrangement) {
    const { loading, byId, lastRemovedId } = connectionsStore.getState();
    // One that can still be brought back keeps its place.
    const isKnown = (id: string) => byId[id] !== undefined || id === lastRemovedId;
    return loading.status === 'ready' ? withoutGone(arrangement, isKnown) : arrangement;
  },
});

export const useNavigator = <Selected>(
  selector: (state: ReturnType<typeof navigatorStore.getState>) => Selected,
): Selected => useStore(navigatorStore, selector);

/** Follows main and the connections for as long as the navigator is on the screen. */
export function startNavigator(): () => void {
  followSchemaEvents();
  const { load } = arrangementStore.getState();
  void load();
  const stops = [
    onEvent('store.replaced', () => void load()),
    followConnections({
      connections: connectionsStore,
      schemas: schemaStore,
      databases: databasesStore,
      hasDatabases: (id) => capabilitiesOf(id)?.databases === true && !isDatabase(id),
      expand: navigatorStore.getState().expand,
      isTouched: (id) => navigatorStore.getState().toggles[id] !== undefined,
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
