import { createStore } from 'zustand/vanilla';
import type { RelationRef, RowCount } from '../../../shared/model/schemaTree.ts';
import { type SchemaApi, SchemaLoader } from './SchemaLoader.ts';
import {
  emptyTree,
  type RelationAspect,
  relationsIn,
  type SourceTree,
  withFilter,
  withoutData,
  withRowCount,
  withToggled,
} from './sourceTree.ts';
import { schemaKey } from './treeKeys.ts';

interface SchemaState {
  readonly trees: Readonly<Record<string, SourceTree>>;
  /** Loads the schemas unless they are there, and the relations of those that are open. */
  readonly open: (sourceId: string) => Promise<void>;
  /** Loads again what is there; the present tree stays visible meanwhile. */
  readonly refresh: (sourceId: string) => Promise<void>;
  readonly loadRelations: (sourceId: string, schema: string) => Promise<void>;
  readonly toggle: (sourceId: string, key: string, isExpanded: boolean) => void;
  /** Opens or closes a schema, and loads its relations when they are needed now. */
  readonly toggleSchema: (sourceId: string, schema: string, isExpanded: boolean) => Promise<void>;
  /** Filters, and loads the schemas which the search has not seen yet. */
  readonly setFilter: (sourceId: string, filter: string) => Promise<void>;
  readonly setShowsSystem: (sourceId: string, showsSystem: boolean) => void;
  readonly setActive: (sourceId: string, key: string) => void;
  readonly select: (sourceId: string, relation: RelationRef) => void;
  readonly showAspect: (sourceId: string, aspect: RelationAspect) => void;
  readonly setRowCount: (sourceId: string, relation: RelationRef, rows: RowCount) => void;
  /** Gives up every load of this data source, down to the server, and the search that asked for them. */
  readonly cancelLoads: (sourceId: string) => void;
  /** The connection is gone: drops what the server said, keeps how the tree was arranged. */
  readonly dropData: (sourceId: string) => void;
  /** Forgets every data source that is not in the list any more. */
  readonly retain: (sourceIds: ReadonlySet<string>) => void;
}

/** The schema trees of the data sources that were looked at. Main is the truth; this holds what it said last. */
export function createSchemaStore(api: SchemaApi) {
  const loaders = new Map<string, SchemaLoader>();

  return createStore<SchemaState>()((set, get) => {
    const read = (sourceId: string): SourceTree => get().trees[sourceId] ?? emptyTree;
    const update = (sourceId: string, change: (tree: SourceTree) => SourceTree): void =>
      set(({ trees }) => ({ trees: { ...trees, [sourceId]: change(trees[sourceId] ?? emptyTree) } }));
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
        update(sourceId, (tree) => ({ ...tree, revision: tree.revision + 1 }));
        return loaderOf(sourceId).refresh();
      },
      loadRelations: (sourceId, schema) => loaderOf(sourceId).loadRelations(schema),
      toggle: (sourceId, key, isExpanded) => update(sourceId, (tree) => withToggled(tree, key, isExpanded)),
      async toggleSchema(sourceId, schema, isExpanded) {
        update(sourceId, (tree) => withToggled(tree, schemaKey(schema), isExpanded));
        const { status } = relationsIn(read(sourceId), schema);
        if (isExpanded && (status === 'absent' || status === 'failed')) {
          await loaderOf(sourceId).loadRelations(schema);
        }
      },
      async setFilter(sourceId, filter) {
        update(sourceId, (tree) => withFilter(tree, filter));
        if (filter.trim() !== '') await loaderOf(sourceId).search();
      },
      setShowsSystem: (sourceId, showsSystem) => update(sourceId, (tree) => ({ ...tree, showsSystem })),
      setActive: (sourceId, activeKey) => update(sourceId, (tree) => ({ ...tree, activeKey })),
      select: (sourceId, selected) => update(sourceId, (tree) => ({ ...tree, selected })),
      showAspect: (sourceId, aspect) => update(sourceId, (tree) => ({ ...tree, aspect })),
      setRowCount: (sourceId, relation, rows) =>
        update(sourceId, (tree) => withRowCount(tree, relation, rows)),
      cancelLoads(sourceId) {
        update(sourceId, (tree) => ({ ...tree, isSearchStopped: true }));
        loaders.get(sourceId)?.cancel();
      },
      dropData(sourceId) {
        loaders.get(sourceId)?.forget();
        if (get().trees[sourceId] !== undefined) update(sourceId, withoutData);
      },
      retain(sourceIds) {
        for (const [sourceId, loader] of loaders) {
          if (sourceIds.has(sourceId)) continue;
          loader.forget();
          loaders.delete(sourceId);
        }
        set(({ trees }) => ({
          trees: Object.fromEntries(Object.entries(trees).filter(([sourceId]) => sourceIds.has(sourceId))),
        }));
      },
    };
  });
}
