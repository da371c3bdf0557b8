import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import type { call, onEvent } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { compareSources } from './sourceOrder.ts';

export interface ConnectionsPorts {
  readonly call: typeof call;
  readonly onEvent: typeof onEvent;
  /** Shows a failure that has no place of its own on the screen. */
  readonly reportError: (error: ErrorDto) => void;
}

type Loading = { status: 'loading' } | { status: 'ready' } | { status: 'failed'; error: ErrorDto };

export interface ConnectionsState {
  readonly loading: Loading;
  readonly byId: Readonly<Record<DataSourceId, DataSourceSummary>>;
  /** Ids in the order of the list. */
  readonly order: readonly DataSourceId[];
  readonly states: Readonly<Record<DataSourceId, SourceState>>;
  readonly selectedId: DataSourceId | null;
  readonly filter: string;
  /** Grows each time the filter field should take the focus. */
  readonly filterFocusCount: number;
  /** The data source whose removal waits for a yes. */
  readonly removingId: DataSourceId | null;
  /** The one removed last, for as long as it can be brought back by the keyboard. */
  readonly lastRemovedId: DataSourceId | null;
}

export interface ConnectionsActions {
  /** Reads everything and follows main's events; the returned function stops following. */
  readonly start: () => () => void;
  readonly reload: () => Promise<void>;
  readonly select: (id: DataSourceId | null) => void;
  readonly setFilter: (filter: string) => void;
  readonly focusFilter: () => void;
  readonly connect: (id: DataSourceId) => Promise<void>;
  readonly disconnect: (id: DataSourceId) => Promise<void>;
  readonly duplicate: (id: DataSourceId) => Promise<void>;
  readonly askRemove: (id: DataSourceId | null) => void;
  /** Answers whether it was removed. */
  readonly remove: (id: DataSourceId) => Promise<boolean>;
  readonly restore: (id: DataSourceId) => Promise<void>;
  /** Takes a data source in that main has just answered, without waiting for its event. */
  readonly upsert: (summary: DataSourceSummary) => void;
}

export type ConnectionsStore = ConnectionsState & ConnectionsActions;

const initialState: ConnectionsState = {
  loading: { status: 'loading' },
  byId: {},
  order: [],
  states: {},
  selectedId: null,
  filter: '',
  filterFocusCount: 0,
  removingId: null,
  lastRemovedId: null,
};

/** What follows from a new list: records, order, and nothing left that points at one that is gone. */
function withList(state: ConnectionsState, list: readonly DataSourceSummary[]): Partial<ConnectionsState> {
  const byId = Object.fromEntries(list.map((summary) => [summary.dataSource.id, summary]));
  const kept = (id: DataSourceId | null) => (id !== null && byId[id] !== undefined ? id : null);
  return {
    loading: { status: 'ready' },
    byId,
    order: [...list].sort(compareSources).map((summary) => summary.dataSource.id),
    states: Object.fromEntries(Object.entries(state.states).filter(([id]) => byId[id] !== undefined)),
    selectedId: kept(state.selectedId),
    removingId: kept(state.removingId),
  };
}

interface StoreContext extends ConnectionsPorts {
  readonly set: StoreApi<ConnectionsStore>['setState'];
  readonly get: StoreApi<ConnectionsStore>['getState'];
}

/** Reading the list and following it. */
function createFollowActions({ call, onEvent, set, get }: StoreContext) {
  /** Counts lists that main pushed: an answer asked for before the newest push is old. */
  let pushCount = 0;
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
      ];
      void get().reload();
      return () => {
        for (const stop of stops) stop();
      };
    },

    async reload() {
      const pushCountBefore = pushCount;
      set({ loading: { status: 'loading' } });
      try {
        const [list, states] = await Promise.all([
          call('dataSources.list', null),
          call('dataSources.states', null),
        ]);
        // What events told meanwhile is newer than the answers.
        set((state) => ({ loading: { status: 'ready' }, states: { ...states, ...state.states } }));
        if (pushCount === pushCountBefore) set((state) => withList(state, list));
      } catch (error) {
        set({ loading: { status: 'failed', error: errorDtoOf(error) } });
      }
    },
  };
}

/** How a connect ends that a person gave up. */
const gaveUpCodes: readonly ErrorDto['code'][] = ['CANCELLED', 'POOL_CLOSED'];

/** What a person does to one data source. Failures are reported, not thrown. */
function createSourceActions({ call, reportError, set, get }: StoreContext) {
  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      reportError(errorDtoOf(error));
      return false;
    }
  };
  const upsert = (summary: DataSourceSummary) =>
    set((state) => withList(state, Object.values({ ...state.byId, [summary.dataSource.id]: summary })));
  const take = (summary: DataSourceSummary) => {
    upsert(summary);
    set({ selectedId: summary.dataSource.id });
  };

  return {
    upsert,
    async connect(id: DataSourceId) {
      try {
        await call('dataSources.connect', { id });
      } catch (error) {
        const dto = errorDtoOf(error);
        const status = get().states[id]?.status ?? 'idle';
        // Why it does not connect is in its state, which the page shows; giving up is nobody's news.
        if (status === 'idle' && !gaveUpCodes.includes(dto.code)) reportError(dto);
      }
    },
    async disconnect(id: DataSourceId) {
      await attempt(async () => void (await call('dataSources.disconnect', { id })));
    },
    async duplicate(id: DataSourceId) {
      await attempt(async () => take(await call('dataSources.duplicate', { id })));
    },
    remove: (id: DataSourceId) =>
      attempt(async () => {
        await call('dataSources.remove', { id });
        set((state) => {
          const { [id]: _removed, ...others } = state.byId;
          return { ...withList(state, Object.values(others)), lastRemovedId: id };
        });
      }),
    async restore(id: DataSourceId) {
      set({ lastRemovedId: null });
      await attempt(async () => take(await call('dataSources.restore', { id })));
    },
  };
}

/** The list of data sources and their live states, as main tells them. */
export function createConnectionsStore(ports: ConnectionsPorts) {
  return createStore<ConnectionsStore>()((set, get) => {
    const context: StoreContext = { ...ports, set, get };
    return {
      ...initialState,
      ...createFollowActions(context),
      ...createSourceActions(context),
      select: (id) => set({ selectedId: id }),
      setFilter: (filter) => set({ filter }),
      focusFilter: () => set((state) => ({ filterFocusCount: state.filterFocusCount + 1 })),
      askRemove: (id) => set({ removingId: id }),
    };
  });
}
