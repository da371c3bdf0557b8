import type { RelationKind, RelationName } from '../../../shared/model/schemaTree.ts';

/** A relation with the partitions below it. */
export interface RelationNode {
  readonly relation: RelationName;
  readonly partitions: readonly RelationNode[];
}

export type RelationGroupName = 'tables' | 'views' | 'materializedViews' | 'foreignTables';

export interface RelationGroup {
  readonly name: RelationGroupName;
  /** Sorted by name; partitions stand below their table and not here. */
  readonly nodes: readonly RelationNode[];
}

const groupOf: Record<RelationKind, RelationGroupName> = {
  table: 'tables',
  'partitioned-table': 'tables',
  partition: 'tables',
  view: 'views',
  'materialized-view': 'materializedViews',
  'foreign-table': 'foreignTables',
};
const groupOrder: readonly RelationGroupName[] = ['tables', 'views', 'materializedViews', 'foreignTables'];

/** Deeper nesting of partitions is no real schema; what claims it is shown flat. */
const maxPartitionDepth = 32;

/** Natural order: `part_2` before `part_10`. */
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const byName = (left: RelationName, right: RelationName): number =>
  collator.compare(left.name, right.name) || (left.name < right.name ? -1 : 1);

type ById = ReadonlyMap<string, RelationName>;

/** Null for what is no partition, and for a partition whose table is in another schema. */
const ancestorOf = ({ parentId }: RelationName, byId: ById): RelationName | null =>
  parentId === null ? null : (byId.get(parentId) ?? null);

/** The table a partition stands under; null at the top, or when its ancestors lead in a circle or too deep. */
function parentOf(relation: RelationName, byId: ById): RelationName | null {
  const parent = ancestorOf(relation, byId);
  let ancestor = parent;
  for (let depth = 0; ancestor !== null; depth += 1) {
    if (ancestor === relation || depth >= maxPartitionDepth) return null;
    ancestor = ancestorOf(ancestor, byId);
  }
  return parent;
}

const idsOf = (relations: readonly RelationName[]): ById =>
  new Map(relations.map((relation) => [relation.id, relation]));

const topLevelCounts = new WeakMap<readonly RelationName[], number>();

/** How many of the relations of one schema stand directly in it, as its list shows them. Does not sort anything. */
export function topLevelCount(relations: readonly RelationName[]): number {
  const known = topLevelCounts.get(relations);
  if (known !== undefined) return known;
  const byId = idsOf(relations);
  const count = relations.filter((relation) => parentOf(relation, byId) === null).length;
  topLevelCounts.set(relations, count);
  return count;
}

const forests = new WeakMap<readonly RelationName[], readonly RelationGroup[]>();

/**
 * The relations of one schema in the order they are shown: by group, by name, partitions below their table. Kept for
 * each array it was made from, since the tree asks again at every key press.
 */
export function relationForest(relations: readonly RelationName[]): readonly RelationGroup[] {
  const known = forests.get(relations);
  if (known !== undefined) return known;
  const forest = plantForest(relations);
  forests.set(relations, forest);
  return forest;
}

function plantForest(relations: readonly RelationName[]): readonly RelationGroup[] {
  const byId = idsOf(relations);
  const partitionsOf = new Map<RelationName, RelationNode[]>(relations.map((relation) => [relation, []]));
  const roots = new Map<RelationGroupName, RelationNode[]>(groupOrder.map((name) => [name, []]));
  for (const relation of [...relations].sort(byName)) {
    const node = { relation, partitions: partitionsOf.get(relation) ?? [] };
    const parent = parentOf(relation, byId);
    const siblings = parent === null ? roots.get(groupOf[relation.kind]) : partitionsOf.get(parent);
    siblings?.push(node);
  }
  return groupOrder.flatMap((name) => {
    const nodes = roots.get(name) ?? [];
    return nodes.length === 0 ? [] : [{ name, nodes }];
  });
}
