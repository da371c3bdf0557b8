import type { RelationName, RelationRef, RowCount } from '../../../shared/model/schemaTree.ts';
import { type Loadable, latestValue } from '../../lib/loadable.ts';
import type { Names } from './NameCollector.ts';
import { parseFilter } from './relationFilter.ts';
import { relationKey, schemaKey } from './treeKeys.ts';
import type { TreeInput } from './treeRows.ts';

export type RelationAspect = 'columns' | 'indexes' | 'definition' | 'rows';

/** What the browser knows about the schema of one data source, and how a person has arranged it. */
export interface SourceTree {
  readonly names: Loadable<Names>;
  /** Rows that were counted or seen since the names were loaded, by the key of the relation: they say more than an estimate. */
  readonly counted: ReadonlyMap<string, RowCount>;
  readonly showsSystem: boolean;
  readonly filter: string;
  /** Somebody gave up loading; it stays so until names are loaded again. */
  readonly isCancelled: boolean;
  /** Rows opened or closed by hand, while browsing and while filtering. */
  readonly toggled: ReadonlyMap<string, boolean>;
  readonly filterToggled: ReadonlyMap<string, boolean>;
  readonly activeKey: string | null;
  readonly selected: RelationRef | null;
  /** What is shown of the selected relation; stays when another one is selected. */
  readonly aspect: RelationAspect;
  /** Grows with each refresh, for what components have loaded themselves. */
  readonly revision: number;
}

const nothingCounted: ReadonlyMap<string, RowCount> = new Map();

export const emptyTree: SourceTree = {
  names: { status: 'absent' },
  counted: nothingCounted,
  showsSystem: false,
  filter: '',
  isCancelled: false,
  toggled: new Map(),
  filterToggled: new Map(),
  activeKey: null,
  selected: null,
  aspect: 'columns',
  revision: 0,
};

/** Opens or closes a row; what is done to a filtered tree is forgotten with the filter. */
export function withToggled(tree: SourceTree, key: string, isExpanded: boolean): SourceTree {
  if (tree.filter.trim() !== '') {
    return { ...tree, filterToggled: new Map(tree.filterToggled).set(key, isExpanded) };
  }
  return { ...tree, toggled: new Map(tree.toggled).set(key, isExpanded) };
}

export function withFilter(tree: SourceTree, filter: string): SourceTree {
  // Always the same empty map: with a new one each keystroke would have the old rows drawn again.
  return { ...tree, filter, filterToggled: emptyTree.filterToggled };
}

/** Names have come or are loaded: a single schema is opened, since nothing else could be wanted. */
export function withNames(tree: SourceTree, names: Loadable<Names>): SourceTree {
  const isCancelled = names.status === 'loading' ? false : tree.isCancelled;
  const own = (latestValue(names)?.schemas ?? []).filter((schema) => !schema.isSystem);
  const [only] = own;
  const opensOnly = own.length === 1 && only !== undefined && !tree.toggled.has(schemaKey(only.name));
  const toggled = opensOnly ? new Map(tree.toggled).set(schemaKey(only.name), true) : tree.toggled;
  return { ...tree, names, isCancelled, toggled };
}

/** A refresh is asked for: what was counted before may not be true any more. */
export function withRefresh(tree: SourceTree): SourceTree {
  return { ...tree, counted: nothingCounted, revision: tree.revision + 1 };
}

/** Puts a count in the place of the estimate. */
export function withRowCount(tree: SourceTree, relation: RelationRef, rows: RowCount): SourceTree {
  return { ...tree, counted: new Map(tree.counted).set(relationKey(relation), rows) };
}

/**
 * Rows of a relation were read. All of them are a count; a part of them only says that an estimate below it, or none, is
 * too little.
 */
export function withRowsRead(
  tree: SourceTree,
  relation: RelationRef,
  count: number,
  isAll: boolean,
): SourceTree {
  if (isAll) return withRowCount(tree, relation, { value: count, accuracy: 'exact' });
  const known = rowsOf(tree, relation);
  if (known !== null && known.value >= count) return tree;
  return withRowCount(tree, relation, { value: count, accuracy: 'at-least' });
}

/** Forgets what the server said and keeps how the tree was arranged, for the next connection. */
export function withoutData(tree: SourceTree): SourceTree {
  return withRefresh({ ...tree, names: { status: 'absent' } });
}

/** The tree as it is drawn. */
export function treeInputOf(
  tree: Pick<SourceTree, 'names' | 'counted' | 'showsSystem' | 'filter' | 'toggled' | 'filterToggled'>,
): TreeInput {
  const words = parseFilter(tree.filter);
  return {
    names: latestValue(tree.names) ?? noNames,
    counted: tree.counted,
    showsSystem: tree.showsSystem,
    words,
    toggled: words.length > 0 ? tree.filterToggled : tree.toggled,
  };
}

const noNames: Names = { schemas: [], relationsOf: new Map(), isWhole: false };

/** A relation, if it is among the names. */
export function findRelation(tree: SourceTree, { schema, name }: RelationRef): RelationName | null {
  const relations = latestValue(tree.names)?.relationsOf.get(schema) ?? [];
  return relations.find((relation) => relation.name === name) ?? null;
}

/** The best that is known of how many rows a relation has. */
export function rowsOf(tree: SourceTree, ref: RelationRef): RowCount | null {
  return tree.counted.get(relationKey(ref)) ?? findRelation(tree, ref)?.rows ?? null;
}
