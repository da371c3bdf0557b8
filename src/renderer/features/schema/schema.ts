import { useStore } from 'zustand';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { NodeRef, RelationRef } from '../../../shared/model/schemaTree.ts';
import { onEvent, openStream } from '../../lib/api.ts';
import { connectionsStore } from '../connections/index.ts';
import { createSchemaStore } from './createSchemaStore.ts';
import { emptyTree, nodeOfRelation, type SourceTree } from './sourceTree.ts';

/** The window's one store of schema trees. */
export const schemaStore = createSchemaStore({
  readNames: (id, onBatch, signal) =>
    new Promise((resolve, reject) => {
      const cancel = openStream(
        'schema.names',
        { id },
        { onBatch, onEnd: () => resolve(true), onError: reject },
      );
      signal.addEventListener('abort', () => {
        cancel();
        resolve(false);
      });
    }),
});

let isFollowing = false;

/**
 * Keeps the trees true to what main tells, from the first call to the end of the window, whichever data source is on
 * the screen: no data of an ended connection, none of a removed data source.
 */
export function followSchemaEvents(): void {
  if (isFollowing) return;
  isFollowing = true;
  onEvent('dataSources.state', ({ id, state }) => schemaStore.getState().takeStatus(id, state.status));
  // The store's list and not main's event: an event may be older than what was saved just now.
  connectionsStore.subscribe(({ byId }, previous) => {
    if (byId !== previous.byId) schemaStore.getState().retain(new Set(Object.keys(byId)));
  });
}

/** What is known of the schema of one data source. */
export function useTree<Selected>(id: DataSourceId, selector: (tree: SourceTree) => Selected): Selected {
  return useStore(schemaStore, (state) => selector(state.trees[id] ?? emptyTree));
}

/** A relation of a data source with its kind, as far as the names say it. */
export const relationNode = (id: DataSourceId, relation: RelationRef): NodeRef =>
  nodeOfRelation(schemaStore.getState().trees[id] ?? emptyTree, relation);
