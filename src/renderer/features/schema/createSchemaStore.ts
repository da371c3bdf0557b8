import { createStore } from 'zustand/vanilla';
import type { NodeRef, RowCount } from '../../../shared/model/schemaTree.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { type SchemaApi, SchemaLoader } from './SchemaLoader.ts';
import {
  emptyTree,
  type SourceTree,
  withoutData,
  withRefresh,
  withRowCount,
  withRowsRead,
} from './sourceTree.ts';

interface SchemaState {
  readonly trees: Readonly<Record<string, SourceTree>>;
  /** Loads the names unless they are there. */
  readonly open: (sourceId: string) => Promise<void>;
  /** Loads again what is there; the present tree stays visible meanwhile. */
  readonly refresh: (sourceId: string) => Promise<void>;
  readonly setRowCount: (sourceId: string, node: NodeRef, rows: RowCount) => void;
  /** Rows of a node were read, all of them or the first ones. */
  readonly noteRowsRead: (sourceId: string, node: NodeRef, count: number, isAll: boolean) => void;
  /** Gives up loading, down to the server. */
  readonly cancelLoad: (sourceId: string) => void;
  /**
   * Keeps the tree true to the state of its data source. What the server said is dropped with the connection. Who connects
   * anew after an edit may be told something else, so it is loaded again; a reconnect changes nothing.
   */
  readonly takeStatus: (sourceId: string, status: SourceState['status']) => void;
  /** Forgets every data source that is not in the list any more. */
  readonly retain: (sourceIds: ReadonlySet<string>) => void;
}

/** The schema trees of the data sources that were looked at. Main is the truth; this holds what it said last. */
export function createSchemaStore(api: SchemaApi) {
  const loaders = new Map<string, SchemaLoader>();
  /** Trees from before the connect that is under way. */
  const outdated = new Set<string>();

  return createStore<SchemaState>()((set, get) => {
    const read = (sourceId: string): SourceTree => get().trees[sourceId] ?? emptyTree;
    const update = (sourceId: string, change: (tree: SourceTree) => SourceTree): void =>
      set(({ trees }) => ({ trees: { ...trees, [sourceId]: change(trees[sourceId] ?? emptyTree) } }));
    const isLoaded = (sourceId: string): boolean => read(sourceId).names.status !== 'absent';
    const dropData = (sourceId: string): void => {
      outdated.delete(sourceId);
      loaders.get(sourceId)?.forget();
      if (get().trees[sourceId] !== undefined) update(sourceId, withoutData);
    };
    const loaderOf = (sourceId: string): SchemaLoader => {
      const known = loaders.get(sourceId);
      if (known !== undefined) return known;
      const loader = new SchemaLoader(sourceId, api, {
        read: () => read(sourceId),
        update: (change) => update(sourceId, change),
      });
      loaders.set(sourceId, loader);
      return loader;
    };

    return {
      trees: {},
      open: (sourceId) => loaderOf(sourceId).open(),
      refresh(sourceId) {
        update(sourceId, withRefresh);
        return loaderOf(sourceId).load();
      },
      setRowCount: (sourceId, node, rows) => update(sourceId, (tree) => withRowCount(tree, node, rows)),
      noteRowsRead: (sourceId, node, count, isAll) =>
        update(sourceId, (tree) => withRowsRead(tree, node, count, isAll)),
      cancelLoad(sourceId) {
        update(sourceId, (tree) => ({ ...tree, isCancelled: true }));
        loaders.get(sourceId)?.cancel();
      },
      takeStatus(sourceId, status) {
        if (status === 'idle' || status === 'closing') dropData(sourceId);
        else if (status === 'connecting' && isLoaded(sourceId)) outdated.add(sourceId);
        else if (status === 'ready' && outdated.delete(sourceId)) void get().refresh(sourceId);
      },
      retain(sourceIds) {
        for (const [sourceId, loader] of loaders) {
          if (sourceIds.has(sourceId)) continue;
          loader.forget();
          loaders.delete(sourceId);
          outdated.delete(sourceId);
        }
        set(({ trees }) => ({
          trees: Object.fromEntries(Object.entries(trees).filter(([sourceId]) => sourceIds.has(sourceId))),
        }));
      },
    };
  });
}
