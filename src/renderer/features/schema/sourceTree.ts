import type {
  CatalogueNode,
  NodeAction,
  NodeRef,
  NodeTraits,
  RelationRef,
  RowCount,
} from '../../../shared/model/schemaTree.ts';
import { isRelation } from '../../lib/isRelation.ts';
import { type Loadable, latestValue } from '../../lib/loadable.ts';
import type { Names } from './NameCollector.ts';
import { nodeKey } from './treeKeys.ts';

/** What the window knows about the schema of one data source. */
export interface SourceTree {
  readonly names: Loadable<Names>;
  /** The kinds that the names were last told to have; they outlive a connection, as an open tab does. */
  readonly kinds: readonly NodeTraits[];
  /** Rows that were counted or seen since the names were loaded, by the key of the node: they say more than an estimate. */
  readonly counted: ReadonlyMap<string, RowCount>;
  /** Somebody gave up loading; it stays so until names are loaded again. */
  readonly isCancelled: boolean;
  /** Grows with each refresh, for what components have loaded themselves. */
  readonly revision: number;
}

const nothingCounted: ReadonlyMap<string, RowCount> = new Map();

export const emptyTree: SourceTree = {
  names: { status: 'absent' },
  kinds: [],
  counted: nothingCounted,
  isCancelled: false,
  revision: 0,
};

/** Names have come or are loaded. */
export function withNames(tree: SourceTree, names: Loadable<Names>): SourceTree {
  const isCancelled = names.status === 'loading' ? false : tree.isCancelled;
  return { ...tree, names, kinds: latestValue(names)?.kinds ?? tree.kinds, isCancelled };
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

/** Forgets what the server said, for the next connection. */
export function withoutData(tree: SourceTree): SourceTree {
  return withRefresh({ ...tree, names: { status: 'absent' } });
}

/** A node, if it is among the names. */
export function findNode(tree: SourceTree, { schema, name, kind, qualifier }: NodeRef): CatalogueNode | null {
  const nodes = latestValue(tree.names)?.nodesOf.get(schema) ?? [];
  const isIt = (node: CatalogueNode): boolean =>
    node.name === name && node.kind === kind && node.qualifier === qualifier;
  return nodes.find(isIt) ?? null;
}

const noActions: readonly NodeAction[] = [];

/** What the catalogue says a person can do with nodes of a kind. */
export const actionsOf = (tree: SourceTree, { kind }: NodeRef): readonly NodeAction[] =>
  tree.kinds.find((traits) => traits.kind === kind)?.actions ?? noActions;

/** The best that is known of how many rows a node has. */
export function rowsOf(tree: SourceTree, ref: NodeRef): RowCount | null {
  return tree.counted.get(nodeKey(ref)) ?? findNode(tree, ref)?.rows ?? null;
}

/** A relation with its kind, as far as the names say it; a table before they are loaded. */
export function nodeOfRelation(tree: SourceTree, { schema, name }: RelationRef): NodeRef {
  const nodes = latestValue(tree.names)?.nodesOf.get(schema) ?? [];
  const found = nodes.find((node) => node.name === name && isRelation(node));
  return { schema, name, kind: found?.kind ?? 'table' };
}
