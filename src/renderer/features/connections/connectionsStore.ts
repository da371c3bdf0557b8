import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { onEvent } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { type ConnectionsState, initialState, withList } from './connectionsState.ts';
import { createSourceActions, type SourceActions, type SourcePorts } from './sourceActions.ts';

export interface ConnectionsPorts extends SourcePorts {
  readonly onEvent: typeof onEvent;
}

export interface ConnectionsActions extends SourceActions {
  /** Reads everything and follows main's events; the returned function stops following. */
  readonly start: () => () => void;
  readonly reload: () => Promise<void>;
  readonly select: (id: string | null) => void;
  readonly setFilter: (filter: string) => void;
  readonly askRemove: (id: string | null) => void;
  readonly askConfirm: (id: DataSourceId | null) => void;
}

export type ConnectionsStore = ConnectionsState & ConnectionsActions;

interface StoreContext extends ConnectionsPorts {
  readonly set: StoreApi<ConnectionsStore>['setState'];
  readonly get: StoreApi<ConnectionsStore>['getState'];
}

/** Reading the list and following it. */
function createFollowActions({ call, onEvent, set, get }: StoreContext) {
  /** Counts lists that main pushed: an answer asked for before the newest push is old. */
  let pushCount = 0;
  /** Counts reads of everything: the answers of all but the newest are dropped. */
  let reloadCount = 0;
  return {
    start() {
      const stops = [
        onEvent('dataSources.changed', (list) => {
          pushCount += 1;
          set((state) => withList(state, list));
        }),
        onEvent('dataSources.state', ({ id, state }) =>
          set((current) => ({ states: { ...current.states, [id]: state } })),
        ),
        onEvent('store.replaced', () => {
          set(initialState);
          void get().reload();
        }),
      ];
      void get().reload();
      return () => {
        for (const stop of stops) stop();
      };
    },

    async reload() {
      const pushCountBefore = pushCount;
      reloadCount += 1;
      const turn = reloadCount;
      set({ loading: { status: 'loading' } });
      try {
        const [list, states] = await Promise.all([
          call('dataSources.list', null),
          call('dataSources.states', null),
        ]);
        if (turn !== reloadCount) return;
        // What events told meanwhile is newer than the answers.
        set((state) => ({ loading: { status: 'ready' }, states: { ...states, ...state.states } }));
        if (pushCount === pushCountBefore) set((state) => withList(state, list));
      } catch (error) {
        if (turn === reloadCount) set({ loading: { status: 'failed', error: errorDtoOf(error) } });
      }
    },
  };
}

/** The list of data sources and their live states, as main tells them. */
export function createConnectionsStore(ports: ConnectionsPorts) {
  return createStore<ConnectionsStore>()((set, get) => ({
    ...initialState,
    ...createFollowActions({ ...ports, set, get }),
    ...createSourceActions({ ...ports, set, get }),
    select: (id) => set({ selectedId: id }),
    setFilter: (filter) => set({ filter }),
    askRemove: (id) => set({ removingId: id }),
    askConfirm: (id) => set({ confirmingId: id }),
  }));
}
