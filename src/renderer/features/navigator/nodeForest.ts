import type { CatalogueNode, NodeKind, NodeTraits } from '../../../shared/model/schemaTree.ts';
import { compareNames } from '../../lib/compareNames.ts';

/** A node with those below it, such as the partitions of a table. */
export interface NodeBranch {
  readonly node: CatalogueNode;
  readonly children: readonly NodeBranch[];
}

/** Kinds that stand together under one heading are named after the first of them. */
export type NodeGroupName = Exclude<NodeKind, 'partitioned-table' | 'partition'>;

export interface NodeGroup {
  readonly name: NodeGroupName;
  /** Sorted by name; children stand below their node and not here. */
  readonly branches: readonly NodeBranch[];
}

const groupOf = (kind: NodeKind): NodeGroupName =>
  kind === 'partitioned-table' || kind === 'partition' ? 'table' : kind;

/** Deeper nesting of partitions is no real schema; what claims it is shown flat. */
const maxDepth = 32;

const byName = (left: CatalogueNode, right: CatalogueNode): number =>
  compareNames(left.name, right.name) || (left.name < right.name ? -1 : 1);

type ById = ReadonlyMap<string, CatalogueNode>;

/** Null for what is nobody's child, and for the child of a node in another schema. */
const ancestorOf = ({ parentId }: CatalogueNode, byId: ById): CatalogueNode | null =>
  parentId === null ? null : (byId.get(parentId) ?? null);

/** The node another one stands under; null at the top, or when its ancestors lead in a circle or too deep. */
function parentOf(node: CatalogueNode, byId: ById): CatalogueNode | null {
  const parent = ancestorOf(node, byId);
  let ancestor = parent;
  for (let depth = 0; ancestor !== null; depth += 1) {
    if (ancestor === node || depth >= maxDepth) return null;
    ancestor = ancestorOf(ancestor, byId);
  }
  return parent;
}

const idsOf = (nodes: readonly CatalogueNode[]): ById => new Map(nodes.map((node) => [node.id, node]));

const topLevelCounts = new WeakMap<readonly CatalogueNode[], number>();

/** How many of the nodes of one schema stand directly in it, as its list shows them. Does not sort anything. */
export function topLevelCount(nodes: readonly CatalogueNode[]): number {
  const known = topLevelCounts.get(nodes);
  if (known !== undefined) return known;
  const byId = idsOf(nodes);
  const count = nodes.filter((node) => parentOf(node, byId) === null).length;
  topLevelCounts.set(nodes, count);
  return count;
}

const forests = new WeakMap<readonly CatalogueNode[], readonly NodeGroup[]>();

/**
 * The nodes of one schema as they are shown: groups in the catalogue's order, by name, children below their node. Kept
 * for each array it was made from, since the tree asks again at every key press.
 */
export function nodeForest(
  nodes: readonly CatalogueNode[],
  kinds: readonly NodeTraits[],
): readonly NodeGroup[] {
  const known = forests.get(nodes);
  if (known !== undefined) return known;
  const forest = plantForest(nodes, kinds);
  forests.set(nodes, forest);
  return forest;
}

function plantForest(nodes: readonly CatalogueNode[], kinds: readonly NodeTraits[]): readonly NodeGroup[] {
  const byId = idsOf(nodes);
  const childrenOf = new Map<CatalogueNode, NodeBranch[]>(nodes.map((node) => [node, []]));
  const groups = new Map<NodeGroupName, NodeBranch[]>(kinds.map(({ kind }) => [groupOf(kind), []]));
  for (const node of [...nodes].sort(byName)) {
    const branch = { node, children: childrenOf.get(node) ?? [] };
    const parent = parentOf(node, byId);
    if (parent !== null) childrenOf.get(parent)?.push(branch);
    else groupIn(groups, groupOf(node.kind)).push(branch);
  }
  return Array.from(groups, ([name, branches]) => ({ name, branches })).filter(
    ({ branches }) => branches.length > 0,
  );
}

/** A kind that the catalogue has not named comes last. */
function groupIn(groups: Map<NodeGroupName, NodeBranch[]>, name: NodeGroupName): NodeBranch[] {
  const known = groups.get(name);
  if (known !== undefined) return known;
  const added: NodeBranch[] = [];
  groups.set(name, added);
  return added;
}
