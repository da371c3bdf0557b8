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
  /** The data source, of either kind, whose removal waits for a yes. */
  readonly removingId: string | null;
  /** The changed or unsigned data source that somebody is about to declare right. */
  readonly confirmingId: DataSourceId | null;
  /**
   * What main has answered and no list has held yet, by id; null is a removal. Lists travel apart from answers: one
   * that was sent before an answer may come after it.
   */
  readonly ahead: Readonly<Record<string, DataSourceSummary | null>>;
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
  removingId: null,
  confirmingId: null,
  ahead: {},
  lastRemovedId: null,
};

type Ahead = ConnectionsState['ahead'];

/** Whether this list is what it says, or newer; an older one has not caught up with it. */
function holds(list: DataSourceList, id: string, answered: DataSourceSummary | null): boolean {
  const listed = list.dataSources.find(({ dataSource }) => dataSource.id === id);
  if (answered !== null) return (listed?.dataSource.updatedAt ?? -1) >= answered.dataSource.updatedAt;
  return listed === undefined && list.damaged.every((damaged) => damaged.id !== id);
}

/** The list with what answers have told since it was sent. */
const withAhead = (list: DataSourceList, ahead: Ahead): DataSourceList => ({
  dataSources: [
    ...list.dataSources.filter(({ dataSource }) => ahead[dataSource.id] === undefined),
    ...Object.values(ahead).filter((answered) => answered !== null),
  ],
  damaged: list.damaged.filter(({ id }) => ahead[id] === undefined),
});

/** What follows from a new list: records, order, and nothing left that points at one that is gone. */
export function withList(state: ConnectionsState, list: DataSourceList): Partial<ConnectionsState> {
  const stillAhead = Object.entries(state.ahead).filter(([id, answered]) => !holds(list, id, answered));
  return listed(state, list, Object.fromEntries(stillAhead));
}

function listed(state: ConnectionsState, list: DataSourceList, ahead: Ahead): Partial<ConnectionsState> {
  const { dataSources, damaged } = withAhead(list, ahead);
  const byId = Object.fromEntries(dataSources.map((summary) => [summary.dataSource.id, summary]));
  const ids = new Set([...Object.keys(byId), ...damaged.map(({ id }) => id)]);
  const kept = (id: string | null) => (id !== null && ids.has(id) ? id : null);
  return {
    loading: { status: 'ready' },
    byId,
    order: [...dataSources].sort(compareSources).map((summary) => summary.dataSource.id),
    damaged: [...damaged].sort(compareDamaged),
    states: Object.fromEntries(Object.entries(state.states).filter(([id]) => byId[id] !== undefined)),
    selectedId: kept(state.selectedId),
    removingId: kept(state.removingId),
    confirmingId: kept(state.confirmingId),
    ahead,
  };
}

/** As after a new list that holds this answer; the lists that follow may be older than it. */
function answered(
  state: ConnectionsState,
  id: string,
  summary: DataSourceSummary | null,
): Partial<ConnectionsState> {
  const present = { dataSources: Object.values(state.byId), damaged: [...state.damaged] };
  // A list came before the answer, as it mostly does: then there is nothing to wait for.
  const isKnown = state.ahead[id] === undefined && holds(present, id, summary);
  if (!isKnown) return listed(state, present, { ...state.ahead, [id]: summary });
  const others = present.dataSources.filter(({ dataSource }) => dataSource.id !== id);
  return listed(
    state,
    { ...present, dataSources: summary === null ? others : [...others, summary] },
    state.ahead,
  );
}

/** As after a new list, with one data source new or changed. */
export const withSummary = (state: ConnectionsState, summary: DataSourceSummary): Partial<ConnectionsState> =>
  answered(state, summary.dataSource.id, summary);

/** As after a new list, without one of either kind. */
export const without = (state: ConnectionsState, id: DataSourceId): Partial<ConnectionsState> =>
  answered(state, id, null);
