import { createStore, type StoreApi } from 'zustand/vanilla';
import type { KnownDatabase } from '../../../shared/model/databases.ts';
import type { DataSourceChange, SavedDataSource } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { onEvent } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { type ConnectionsState, initialState, withChange, withList } from './connectionsState.ts';
import { withDatabases } from './databaseSources.ts';
import { createSourceActions, type SourceActions, type SourcePorts } from './sourceActions.ts';

export interface ConnectionsPorts extends SourcePorts {
  readonly onEvent: typeof onEvent;
}

export interface ConnectionsActions extends SourceActions {
  /** Reads everything and follows main's events; the returned function stops following. */
  readonly start: () => () => void;
  readonly reload: () => Promise<void>;
  /** Takes a data source in that main has just answered, without waiting for its event. */
  readonly upsert: (saved: SavedDataSource) => void;
  /** From now on these databases are known beside the data sources that they belong to. */
  readonly noteDatabases: (known: readonly KnownDatabase[]) => void;
  readonly select: (id: string | null) => void;
  readonly askRemove: (id: string | null) => void;
  readonly askConfirm: (id: DataSourceId | null) => void;
}

export type ConnectionsStore = ConnectionsState & ConnectionsActions;

interface StoreContext extends ConnectionsPorts {
  readonly set: StoreApi<ConnectionsStore>['setState'];
  readonly get: StoreApi<ConnectionsStore>['getState'];
}

/**
 * Reading the list and following it. Main numbers its changes: the next one is applied, one that is known already (an
 * answer and an event tell the same) is dropped, and after a gap the list is read again.
 */
function createFollowActions({ call, onEvent, set, get }: StoreContext) {
  /** The newest revision that was told since the list was last asked for. */
  let toldRevision = -1;
  /** Counts reads of everything: the answers of all but the newest are dropped. */
  let readCount = 0;
  let isReading = false;

  const read = async (): Promise<void> => {
    readCount += 1;
    const turn = readCount;
    toldRevision = -1;
    isReading = true;
    try {
      const [list, states] = await Promise.all([
        call('dataSources.list', null),
        call('dataSources.states', null),
      ]);
      if (turn !== readCount) return;
      set((state) => ({
        loading: { status: 'ready' },
        // What events told meanwhile is newer than the answers.
        ...(list.revision > (state.revision ?? -1) ? withList(state, list) : {}),
      }));
      set((state) => ({ states: { ...states, ...state.states } }));
    } catch (error) {
      if (turn === readCount) set({ loading: { status: 'failed', error: errorDtoOf(error) } });
      return;
    } finally {
      if (turn === readCount) isReading = false;
    }
    if (toldRevision > (get().revision ?? -1)) await read();
  };

  const follow = (change: DataSourceChange): void => {
    const { revision } = get();
    toldRevision = Math.max(toldRevision, change.revision);
    if (revision !== null && change.revision <= revision) return;
    if (change.type === 'some' && change.revision - 1 === revision) {
      set((state) => withChange(state, change));
    } else if (!isReading) void read();
  };

  return {
    start() {
      const stops = [
        onEvent('dataSources.changed', follow),
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

    reload() {
      set({ loading: { status: 'loading' } });
      return read();
    },

    upsert({ revision, ...summary }: SavedDataSource) {
      follow({ type: 'some', revision, changed: [summary], removed: [] });
    },
  };
}

/** The list of data sources and their live states, as main tells them. */
export function createConnectionsStore(ports: ConnectionsPorts) {
  return createStore<ConnectionsStore>()((set, get) => ({
    ...initialState,
    ...createFollowActions({ ...ports, set, get }),
    ...createSourceActions({ ...ports, set, get, upsert: (saved) => get().upsert(saved) }),
    noteDatabases: (known) =>
      set((state) => {
        const databases = { ...state.databases, ...Object.fromEntries(known.map((one) => [one.id, one])) };
        return { databases, byId: withDatabases(state.byId, databases) };
      }),
    select: (id) => set({ selectedId: id }),
    askRemove: (id) => set({ removingId: id }),
    askConfirm: (id) => set({ confirmingId: id }),
  }));
}
