/** Door of the other databases of the servers of data sources. */
import { call } from '../../lib/api.ts';
import { notifyError } from '../../lib/notify.tsx';
import { connectionsStore } from '../connections/index.ts';
import { createDatabasesStore } from './createDatabasesStore.ts';

/** The window's one store of them. */
export const databasesStore = createDatabasesStore({
  call,
  note: connectionsStore.getState().noteDatabases,
  reportError: notifyError,
});
