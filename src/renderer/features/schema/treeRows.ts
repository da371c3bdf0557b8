import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { RelationSummary, SchemaSummary } from '../../../shared/model/schemaTree.ts';
import { type Loadable, latestValue } from '../../lib/loadable.ts';
import { type FilterWords, matchesRelation, matchesSchema } from './relationFilter.ts';
import {
  type RelationGroup,
  type RelationGroupName,
  type RelationNode,
  relationForest,
} from './relationForest.ts';
import { groupKey, noteKey, relationKey, schemaKey } from './treeKeys.ts';

/** What stands below an open schema in the place of relations. `absent`: loading was given up. */
export type TreeNote = 'absent' | 'loading' | 'failed' | 'empty';

/** What a row of the tree stands for. `isExpanded` is null for rows that cannot be opened. */
type RowContent =
  | { readonly type: 'schema'; readonly schema: SchemaSummary }
  | {
      readonly type: 'group';
      readonly schema: string;
      readonly group: RelationGroupName;
      readonly count: number;
    }
  | { readonly type: 'relation'; readonly relation: RelationSummary; readonly partitionCount: number }
  | {
      readonly type: 'note';
      readonly schema: string;
      readonly note: TreeNote;
      readonly error: ErrorDto | null;
    };

/** One visible row with its place as WAI-ARIA wants it: level and position count from 1. */
export type TreeRow = RowContent & {
  readonly key: string;
  readonly parentKey: string | null;
  readonly level: number;
  readonly position: number;
  readonly setSize: number;
  readonly isExpanded: boolean | null;
};

export interface TreeInput {
  readonly schemas: readonly SchemaSummary[];
  readonly relationsOf: ReadonlyMap<string, Loadable<readonly RelationSummary[]>>;
  readonly showsSystem: boolean;
  readonly words: FilterWords;
  /** Rows that somebody opened or closed; the others are as their kind is by default. */
  readonly toggled: ReadonlyMap<string, boolean>;
}

interface Branch {
  readonly key: string;
  readonly content: RowContent;
  readonly isExpandedByDefault: boolean;
  /** Null for what cannot be opened; made only when it is open. */
  readonly children: (() => readonly Branch[]) | null;
}

/** The visible rows of the tree, top to bottom. Pure; linear in what is loaded. */
export function treeRows(input: TreeInput): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const walk = (branches: readonly Branch[], level: number, parentKey: string | null): void => {
    for (const [index, { key, content, isExpandedByDefault, children }] of branches.entries()) {
      const isExpanded = children === null ? null : (input.toggled.get(key) ?? isExpandedByDefault);
      rows.push({
        ...content,
        key,
        parentKey,
        level,
        position: index + 1,
        setSize: branches.length,
        isExpanded,
      });
      if (isExpanded === true && children !== null) walk(children(), level + 1, key);
    }
  };
  walk(schemaBranches(input), 1, null);
  return rows;
}

/** How many loaded relations match, for the line below the filter. */
export function countMatches(input: TreeInput): number {
  let count = 0;
  for (const schema of visibleSchemas(input)) {
    const relations = latestValue(input.relationsOf.get(schema.name) ?? { status: 'absent' }) ?? [];
    for (const { name } of relations) if (matchesRelation(input.words, schema.name, name)) count += 1;
  }
  return count;
}

/** System schemas are shown on demand, and never searched: nobody looks for a table of their own in them. */
export function visibleSchemas({
  schemas,
  showsSystem,
  words,
}: Pick<TreeInput, 'schemas' | 'showsSystem' | 'words'>) {
  return schemas.filter((schema) => !schema.isSystem || (showsSystem && words.length === 0));
}

function schemaBranches(input: TreeInput): readonly Branch[] {
  const visible = visibleSchemas(input);
  if (input.words.length > 0) return visible.flatMap((schema) => filteredSchemaBranch(schema, input));
  return visible.map((schema) => ({
    key: schemaKey(schema.name),
    content: { type: 'schema', schema },
    isExpandedByDefault: false,
    children: () => schemaChildren(schema.name, input.relationsOf.get(schema.name)),
  }));
}

function schemaChildren(
  schema: string,
  relations: Loadable<readonly RelationSummary[]> = { status: 'absent' },
): readonly Branch[] {
  const value = latestValue(relations);
  if (value !== null && value.length > 0) return forestBranches(schema, relationForest(value));
  const error = relations.status === 'failed' ? relations.error : null;
  return [noteBranch(schema, relations.status === 'loaded' ? 'empty' : relations.status, error)];
}

const noteBranch = (schema: string, note: TreeNote, error: ErrorDto | null): Branch => ({
  key: noteKey(schema),
  content: { type: 'note', schema, note, error },
  isExpandedByDefault: false,
  children: null,
});

/** One group alone needs no heading: its relations stand directly below the schema. */
function forestBranches(schema: string, forest: readonly RelationGroup[]): readonly Branch[] {
  const [first] = forest;
  if (forest.length === 1 && first !== undefined) return first.nodes.map(relationBranch);
  return forest.map(({ name, nodes }) => ({
    key: groupKey(schema, name),
    content: { type: 'group', schema, group: name, count: nodes.length },
    isExpandedByDefault: true,
    children: () => nodes.map(relationBranch),
  }));
}

const relationBranch = ({ relation, partitions }: RelationNode): Branch => ({
  key: relationKey(relation),
  content: { type: 'relation', relation, partitionCount: partitions.length },
  isExpandedByDefault: false,
  children: partitions.length === 0 ? null : () => partitions.map(relationBranch),
});

/** A schema with only what matches; with everything in it, closed, when only its own name matches; else nothing. */
function filteredSchemaBranch(schema: SchemaSummary, input: TreeInput): readonly Branch[] {
  const relations = input.relationsOf.get(schema.name);
  const value = latestValue(relations ?? { status: 'absent' }) ?? [];
  const matches = relationForest(value).flatMap(({ nodes }) =>
    matchingBranches(nodes, schema.name, input.words),
  );
  const key = schemaKey(schema.name);
  const content = { type: 'schema', schema } as const;
  if (matches.length > 0) return [{ key, content, isExpandedByDefault: true, children: () => matches }];
  if (!matchesSchema(input.words, schema.name)) return [];
  return [
    { key, content, isExpandedByDefault: false, children: () => schemaChildren(schema.name, relations) },
  ];
}

/** A partitioned table stays for the sake of a matching partition, and is then open so that the match is seen. */
function matchingBranches(
  nodes: readonly RelationNode[],
  schema: string,
  words: FilterWords,
): readonly Branch[] {
  return nodes.flatMap((node) => {
    if (matchesRelation(words, schema, node.relation.name)) return [relationBranch(node)];
    const partitions = matchingBranches(node.partitions, schema, words);
    if (partitions.length === 0) return [];
    return [{ ...relationBranch(node), isExpandedByDefault: true, children: () => partitions }];
  });
}
