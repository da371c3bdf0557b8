import { useStore } from 'zustand';
import type { Capabilities } from '../../../shared/engines/Engine.ts';
import { engineOf } from '../../../shared/engines/engines.ts';
import type { ErrorAction } from '../../../shared/errors/errorActions.ts';
import type { DamagedDataSource, DataSourceSummary } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { call, onEvent } from '../../lib/api.ts';
import { notifyDone, notifyError } from '../../lib/notify.tsx';
import { mayDisconnect } from '../../lib/sourceGuards.ts';
import { connectionsText } from '../../text/connections.ts';
import { withVault } from '../vault/index.ts';
import { openWizard } from '../wizard/index.ts';
import { type ConnectionsStore, createConnectionsStore } from './connectionsStore.ts';
import { createPasswordStore, type PasswordStore } from './passwordStore.ts';

/** The window's one list of data sources. */
export const connectionsStore = createConnectionsStore({
  call,
  onEvent,
  withVault,
  reportError: notifyError,
  mayDisconnect,
  askPassword: (id) => passwordStore.getState().ask(id),
});

/** The window's one question for a password. */
export const passwordStore = createPasswordStore({
  call,
  withVault,
  stateOf: (id) => connectionsStore.getState().states[id]?.status ?? 'idle',
  reportUnsaved: (error) => notifyError({ ...error, title: connectionsText.password.notSaved(error.title) }),
});

export function useConnections<Selected>(selector: (store: ConnectionsStore) => Selected): Selected {
  return useStore(connectionsStore, selector);
}

export function usePassword<Selected>(selector: (store: PasswordStore) => Selected): Selected {
  return useStore(passwordStore, selector);
}

const idle: SourceState = { status: 'idle' };

/** A saved data source; undefined when there is none of this id (any more). */
export function useDataSource(id: DataSourceId): DataSourceSummary | undefined {
  return useConnections((store) => store.byId[id]);
}

/** A data source that cannot be read; undefined when there is none of this id (any more). */
export function useDamaged(id: string | null): DamagedDataSource | undefined {
  return useConnections((store) => store.damaged.find((damaged) => damaged.id === id));
}

/** What the engine of a data source can do; null when there is no data source. */
export function useCapabilities(id: DataSourceId | null): Capabilities | null {
  const kind = useConnections(({ byId }) => (id === null ? undefined : byId[id]?.dataSource.engine.kind));
  return kind === undefined ? null : engineOf(kind).capabilities;
}

/** The same, for what is no component. */
export function capabilitiesOf(id: DataSourceId | null): Capabilities | null {
  const source = id === null ? undefined : connectionsStore.getState().byId[id]?.dataSource;
  return source === undefined ? null : engineOf(source.engine.kind).capabilities;
}

/** The live state of a data source, `idle` until main has told another. */
export function useSourceState(id: DataSourceId): SourceState {
  return useConnections((store) => store.states[id] ?? idle);
}

/** The saved data source: it itself, or the one whose server has the database that the id names. */
export const savedIdOf = (id: DataSourceId): DataSourceId =>
  connectionsStore.getState().databases[id]?.sourceId ?? id;

/** Whether the id names another database of a data source's server, which is not saved by itself. */
export const isDatabase = (id: DataSourceId): boolean =>
  connectionsStore.getState().databases[id] !== undefined;

/** Opens the wizard on a saved data source. Does nothing when it is gone. @param action what an error offers, to be done there */
export function openEditor(id: DataSourceId, action?: ErrorAction): void {
  const summary = connectionsStore.getState().byId[savedIdOf(id)];
  if (summary !== undefined) void openWizard.edit(summary, action);
}

/** Puts the connection URL on the clipboard and says what is there now. */
export async function copyUrl(id: DataSourceId, withPassword: boolean): Promise<void> {
  if (!(await connectionsStore.getState().copyUrl(id, withPassword))) return;
  notifyDone(withPassword ? connectionsText.urlCopiedWithPassword : connectionsText.urlCopied);
}
