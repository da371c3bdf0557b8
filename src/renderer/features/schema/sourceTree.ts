import type {
  CatalogueNode,
  NodeAction,
  NodeRef,
  NodeTraits,
  RowCount,
} from '../../../shared/model/schemaTree.ts';
import { type Loadable, latestValue } from '../../lib/loadable.ts';
import type { Names } from './NameCollector.ts';
import { parseFilter } from './nodeFilter.ts';
import { nodeKey, schemaKey } from './treeKeys.ts';
import type { TreeInput } from './treeRows.ts';

/** What the pane of a node can show. */
export type NodeAspect = 'columns' | 'constraints' | 'indexes' | 'definition' | 'rows';

/** What the browser knows about the schema of one data source, and how a person has arranged it. */
export interface SourceTree {
  readonly names: Loadable<Names>;
  /** The kinds that the names were last told to have; they outlive a connection, as the selected node does. */
  readonly kinds: readonly NodeTraits[];
  /** Rows that were counted or seen since the names were loaded, by the key of the node: they say more than an estimate. */
  readonly counted: ReadonlyMap<string, RowCount>;
  readonly showsSystem: boolean;
  readonly filter: string;
  /** Somebody gave up loading; it stays so until names are loaded again. */
  readonly isCancelled: boolean;
  /** Rows opened or closed by hand, while browsing and while filtering. */
  readonly toggled: ReadonlyMap<string, boolean>;
  readonly filterToggled: ReadonlyMap<string, boolean>;
  readonly activeKey: string | null;
  readonly selected: NodeRef | null;
  /** What is shown of the selected node, where it has that; stays when another one is selected. */
  readonly aspect: NodeAspect;
  /** Grows with each refresh, for what components have loaded themselves. */
  readonly revision: number;
}

const nothingCounted: ReadonlyMap<string, RowCount> = new Map();

export const emptyTree: SourceTree = {
  names: { status: 'absent' },
  kinds: [],
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
  const latest = latestValue(names);
  const own = (latest?.schemas ?? []).filter((schema) => !schema.isSystem);
  const [only] = own;
  const opensOnly = own.length === 1 && only !== undefined && !tree.toggled.has(schemaKey(only.name));
  const toggled = opensOnly ? new Map(tree.toggled).set(schemaKey(only.name), true) : tree.toggled;
  return { ...tree, names, kinds: latest?.kinds ?? tree.kinds, isCancelled, toggled };
}

/** A refresh is asked for: what was counted before may not be true any more. */
export function withRefresh(tree: SourceTree): SourceTree {
  return { ...tree, counted: nothingCounted, revision: tree.revision + 1 };
}

/** Puts a count in the place of the estimate. */
export function withRowCount(tree: SourceTree, node: NodeRef, rows: RowCount): SourceTree {
  return { ...tree, counted: new Map(tree.counted).set(nodeKey(node), rows) };
}

/**
 * Rows of a node were read. All of them are a count; a part of them only says that an estimate below it, or none, is
 * too little.
 */
export function withRowsRead(tree: SourceTree, node: NodeRef, count: number, isAll: boolean): SourceTree {
  if (isAll) return withRowCount(tree, node, { value: count, accuracy: 'exact' });
  const known = rowsOf(tree, node);
  if (known !== null && known.value >= count) return tree;
  return withRowCount(tree, node, { value: count, accuracy: 'at-least' });
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

const noNames: Names = { schemas: [], kinds: [], nodesOf: new Map(), isWhole: false };

/** A node, if it is among the names. */
export function findNode(tree: SourceTree, { schema, name, kind }: NodeRef): CatalogueNode | null {
  const nodes = latestValue(tree.names)?.nodesOf.get(schema) ?? [];
  return nodes.find((node) => node.name === name && node.kind === kind) ?? null;
}

const noActions: readonly NodeAction[] = [];

/** What the catalogue says a person can do with nodes of a kind. */
export const actionsOf = (tree: SourceTree, { kind }: NodeRef): readonly NodeAction[] =>
  tree.kinds.find((traits) => traits.kind === kind)?.actions ?? noActions;

const aspectsOf: Record<NodeAction, readonly NodeAspect[]> = {
  structure: ['columns', 'constraints', 'indexes'],
  rows: ['rows'],
  count: [],
  definition: ['definition'],
};

/** What there is to show of a node, in the order of its actions. */
export const nodeAspects = (actions: readonly NodeAction[]): readonly NodeAspect[] =>
  actions.flatMap((action) => aspectsOf[action]);

/** The best that is known of how many rows a node has. */
export function rowsOf(tree: SourceTree, ref: NodeRef): RowCount | null {
  return tree.counted.get(nodeKey(ref)) ?? findNode(tree, ref)?.rows ?? null;
}
