import type { RelationKind, RelationSummary } from '../../../shared/model/schemaTree.ts';

/** A relation with the partitions below it. */
export interface RelationNode {
  readonly relation: RelationSummary;
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
const byName = (left: RelationSummary, right: RelationSummary): number =>
  collator.compare(left.name, right.name) || (left.name < right.name ? -1 : 1);

/** The table a partition stands under; null at the top, or when its ancestors lead in a circle or too deep. */
function parentOf(relation: RelationSummary, byRelationName: ReadonlyMap<string, RelationSummary>) {
  const parent = relation.partitionOf === null ? undefined : byRelationName.get(relation.partitionOf);
  let ancestor = parent;
  for (let depth = 0; ancestor !== undefined; depth += 1) {
    if (ancestor === relation || depth >= maxPartitionDepth) return null;
    ancestor = ancestor.partitionOf === null ? undefined : byRelationName.get(ancestor.partitionOf);
  }
  return parent ?? null;
}

const forests = new WeakMap<readonly RelationSummary[], readonly RelationGroup[]>();

/**
 * The relations of one schema in the order they are shown: by group, by name, partitions below their table. Kept for
 * each array it was made from, since the tree asks again at every key press.
 */
export function relationForest(relations: readonly RelationSummary[]): readonly RelationGroup[] {
  const known = forests.get(relations);
  if (known !== undefined) return known;
  const forest = plantForest(relations);
  forests.set(relations, forest);
  return forest;
}

function plantForest(relations: readonly RelationSummary[]): readonly RelationGroup[] {
  const byRelationName = new Map(relations.map((relation) => [relation.name, relation]));
  const partitionsOf = new Map<RelationSummary, RelationNode[]>(relations.map((relation) => [relation, []]));
  const roots = new Map<RelationGroupName, RelationNode[]>(groupOrder.map((name) => [name, []]));
  for (const relation of [...relations].sort(byName)) {
    const node = { relation, partitions: partitionsOf.get(relation) ?? [] };
    const parent = parentOf(relation, byRelationName);
    const siblings = parent === null ? roots.get(groupOf[relation.kind]) : partitionsOf.get(parent);
    siblings?.push(node);
  }
  return groupOrder.flatMap((name) => {
    const nodes = roots.get(name) ?? [];
    return nodes.length === 0 ? [] : [{ name, nodes }];
  });
}
