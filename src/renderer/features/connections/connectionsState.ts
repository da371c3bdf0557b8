import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { KnownDatabase } from '../../../shared/model/databases.ts';
import type {
  DamagedDataSource,
  DataSourceChange,
  DataSourceList,
  DataSourceSummary,
} from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { withDatabases } from './databaseSources.ts';
import { compareDamaged, compareSources } from './sourceOrder.ts';

export type SomeChange = Extract<DataSourceChange, { type: 'some' }>;

type Loading = { status: 'loading' } | { status: 'ready' } | { status: 'failed'; error: ErrorDto };

export interface ConnectionsState {
  readonly loading: Loading;
  /** The revision of the list that is shown; null before the first one. */
  readonly revision: number | null;
  /** Also the databases that were opened beside them, each as a data source; these are not in `order`. */
  readonly byId: Readonly<Record<DataSourceId, DataSourceSummary>>;
  /** The other databases of their servers that somebody has opened, or has a tab of. */
  readonly databases: Readonly<Record<DataSourceId, KnownDatabase>>;
  /** Ids in the order of the list. */
  readonly order: readonly DataSourceId[];
  /** Those that cannot be read, in the order in which they follow the others. */
  readonly damaged: readonly DamagedDataSource[];
  readonly states: Readonly<Record<DataSourceId, SourceState>>;
  /** A data source that can be used, or a damaged one. */
  readonly selectedId: string | null;
  /** The data source, of either kind, whose removal waits for a yes. */
  readonly removingId: string | null;
  /** The changed or unsigned data source that somebody is about to declare right. */
  readonly confirmingId: DataSourceId | null;
  /** The one removed last, for as long as it can be brought back by the keyboard. */
  readonly lastRemovedId: DataSourceId | null;
}

export const initialState: ConnectionsState = {
  loading: { status: 'loading' },
  revision: null,
  byId: {},
  databases: {},
  order: [],
  damaged: [],
  states: {},
  selectedId: null,
  removingId: null,
  confirmingId: null,
  lastRemovedId: null,
};

const idOf = ({ dataSource }: DataSourceSummary): DataSourceId => dataSource.id;

/** What follows from the whole list: records, order, and nothing left that points at one that is gone. */
export function withList(state: ConnectionsState, list: DataSourceList): Partial<ConnectionsState> {
  const saved = Object.fromEntries(list.dataSources.map((summary) => [idOf(summary), summary]));
  const byId = withDatabases(saved, state.databases);
  const ids = new Set([...Object.keys(byId), ...list.damaged.map(({ id }) => id)]);
  return {
    revision: list.revision,
    byId,
    order: [...list.dataSources].sort(compareSources).map(idOf),
    damaged: [...list.damaged].sort(compareDamaged),
    states: Object.fromEntries(Object.entries(state.states).filter(([id]) => byId[id] !== undefined)),
    ...pointersTo(state, (id) => ids.has(id)),
  };
}

/** The same after one change: of a thousand data sources only those that it names are looked at. */
export function withChange(state: ConnectionsState, change: SomeChange): Partial<ConnectionsState> {
  const { revision, changed } = change;
  const removed = new Set(change.removed);
  const byId = { ...state.byId };
  const states = { ...state.states };
  for (const id of removed) {
    delete byId[id];
    delete states[id];
  }
  for (const summary of changed) byId[idOf(summary)] = summary;
  return {
    revision,
    byId: withDatabases(byId, state.databases),
    states,
    order: orderAfter(state, change, byId),
    damaged: state.damaged.some(({ id }) => removed.has(id))
      ? state.damaged.filter(({ id }) => !removed.has(id))
      : state.damaged,
    ...pointersTo(state, (id) => !removed.has(id)),
  };
}

/** What points at a data source, unless that is gone. */
function pointersTo(
  { selectedId, removingId, confirmingId }: ConnectionsState,
  isThere: (id: string) => boolean,
) {
  const kept = (id: string | null) => (id !== null && isThere(id) ? id : null);
  return { selectedId: kept(selectedId), removingId: kept(removingId), confirmingId: kept(confirmingId) };
}

/** The same array where nothing has moved. */
function orderAfter(
  { byId: before, order }: ConnectionsState,
  { changed, removed }: SomeChange,
  byId: ConnectionsState['byId'],
): readonly DataSourceId[] {
  const moved = changed.filter((summary) => {
    const known = before[idOf(summary)];
    return known === undefined || compareSources(known, summary) !== 0;
  });
  const leaving = new Set([...removed, ...moved.map(idOf)]);
  const next = order.some((id) => leaving.has(id)) ? order.filter((id) => !leaving.has(id)) : [...order];
  for (const summary of moved) next.splice(placeOf(summary, next, byId), 0, idOf(summary));
  return leaving.size === 0 ? order : next;
}

/** Where it belongs in an order, by halving. */
function placeOf(
  summary: DataSourceSummary,
  order: readonly DataSourceId[],
  byId: ConnectionsState['byId'],
): number {
  let [from, to] = [0, order.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = byId[order[middle] ?? ''];
    if (other !== undefined && compareSources(other, summary) <= 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
