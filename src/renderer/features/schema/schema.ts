import { useStore } from 'zustand';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { call, onEvent } from '../../lib/api.ts';
import { createSchemaStore } from './createSchemaStore.ts';
import { emptyTree, type SourceTree } from './sourceTree.ts';

/** The window's one store of schema trees. */
export const schemaStore = createSchemaStore({
  listSchemas: (id, signal) => call('schema.listSchemas', { id }, { signal }),
  listRelations: (id, schema, signal) => call('schema.listRelations', { id, schema }, { signal }),
});

let isFollowing = false;

/**
 * Keeps the trees true to what main tells, from the first call to the end of the window, whichever data source is on
 * the screen: no data of an ended connection, none of a removed data source.
 */
export function followSchemaEvents(): void {
  if (isFollowing) return;
  isFollowing = true;
  onEvent('dataSources.state', ({ id, state }) => {
    // `connecting` begins a new connection, perhaps to another server after an edit.
    if (state.status === 'idle' || state.status === 'connecting') schemaStore.getState().dropData(id);
  });
  onEvent('dataSources.changed', (list) =>
    schemaStore.getState().retain(new Set(list.map(({ dataSource }) => dataSource.id))),
  );
}

/** What is known of the schema of one data source. */
export function useTree<Selected>(id: DataSourceId, selector: (tree: SourceTree) => Selected): Selected {
  return useStore(schemaStore, (state) => selector(state.trees[id] ?? emptyTree));
}
