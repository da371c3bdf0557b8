import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type {
  DamagedDataSource,
  DataSourceList,
  DataSourceSummary,
} from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { compareDamaged, compareSources } from './sourceOrder.ts';

type Loading = { status: 'loading' } | { status: 'ready' } | { status: 'failed'; error: ErrorDto };

export interface ConnectionsState {
  readonly loading: Loading;
  readonly byId: Readonly<Record<DataSourceId, DataSourceSummary>>;
  /** Ids in the order of the list. */
  readonly order: readonly DataSourceId[];
  /** Those that cannot be read, in the order in which they follow the others. */
  readonly damaged: readonly DamagedDataSource[];
  readonly states: Readonly<Record<DataSourceId, SourceState>>;
  /** A data source that can be used, or a damaged one. */
  readonly selectedId: string | null;
  readonly filter: string;
  /** Grows each time the filter field should take the focus. */
  readonly filterFocusCount: number;
  /** The data source, of either kind, whose removal waits for a yes. */
  readonly removingId: string | null;
  /** The changed or unsigned data source that somebody is about to declare right. */
  readonly confirmingId: DataSourceId | null;
  /** The one removed last, for as long as it can be brought back by the keyboard. */
  readonly lastRemovedId: DataSourceId | null;
}

export const initialState: ConnectionsState = {
  loading: { status: 'loading' },
  byId: {},
  order: [],
  damaged: [],
  states: {},
  selectedId: null,
  filter: '',
  filterFocusCount: 0,
  removingId: null,
  confirmingId: null,
  lastRemovedId: null,
};

/** What follows from a new list: records, order, and nothing left that points at one that is gone. */
export function withList(state: ConnectionsState, list: DataSourceList): Partial<ConnectionsState> {
  const byId = Object.fromEntries(list.dataSources.map((summary) => [summary.dataSource.id, summary]));
  const ids = new Set([...Object.keys(byId), ...list.damaged.map(({ id }) => id)]);
  const kept = (id: string | null) => (id !== null && ids.has(id) ? id : null);
  return {
    loading: { status: 'ready' },
    byId,
    order: [...list.dataSources].sort(compareSources).map((summary) => summary.dataSource.id),
    damaged: [...list.damaged].sort(compareDamaged),
    states: Object.fromEntries(Object.entries(state.states).filter(([id]) => byId[id] !== undefined)),
    selectedId: kept(state.selectedId),
    removingId: kept(state.removingId),
    confirmingId: kept(state.confirmingId),
  };
}

/** As after a new list, with one data source new or changed. */
export const withSummary = (
  state: ConnectionsState,
  summary: DataSourceSummary,
): Partial<ConnectionsState> => {
  const { id } = summary.dataSource;
  return withList(state, {
    dataSources: Object.values({ ...state.byId, [id]: summary }),
    damaged: state.damaged.filter((damaged) => damaged.id !== id),
  });
};

/** As after a new list, without one of either kind. */
export const without = (state: ConnectionsState, id: DataSourceId): Partial<ConnectionsState> =>
  withList(state, {
    dataSources: Object.values(state.byId).filter(({ dataSource }) => dataSource.id !== id),
    damaged: state.damaged.filter((damaged) => damaged.id !== id),
  });
