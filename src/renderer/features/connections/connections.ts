import { useStore } from 'zustand';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { call, onEvent } from '../../lib/api.ts';
import { notifyError } from '../../lib/notify.tsx';
import { openWizard } from '../wizard/index.ts';
import { type ConnectionsStore, createConnectionsStore } from './connectionsStore.ts';

/** The window's one list of data sources. */
export const connectionsStore = createConnectionsStore({ call, onEvent, reportError: notifyError });

export function useConnections<Selected>(selector: (store: ConnectionsStore) => Selected): Selected {
  return useStore(connectionsStore, selector);
}

const idle: SourceState = { status: 'idle' };

/** A saved data source; undefined when there is none of this id (any more). */
export function useDataSource(id: DataSourceId): DataSourceSummary | undefined {
  return useConnections((store) => store.byId[id]);
}

/** The live state of a data source, `idle` until main has told another. */
export function useSourceState(id: DataSourceId): SourceState {
  return useConnections((store) => store.states[id] ?? idle);
}

/** Opens the wizard on a saved data source. Does nothing when it is gone. */
export function openEditor(id: DataSourceId): void {
  const summary = connectionsStore.getState().byId[id];
  if (summary !== undefined) openWizard.edit(summary);
}
