import type { CatalogueNode, RowCount, SchemaName } from '../../../shared/model/schemaTree.ts';
import type { Names } from './NameCollector.ts';
import { type FilterWords, matchesNode, matchesSchema } from './nodeFilter.ts';
import {
  type NodeBranch,
  type NodeGroup,
  type NodeGroupName,
  nodeForest,
  topLevelCount,
} from './nodeForest.ts';
import { groupKey, nodeKey, noteKey, schemaKey } from './treeKeys.ts';

/** What stands below an open schema in the place of nodes. */
export type TreeNote = 'loading' | 'empty';

/** What a row of the tree stands for. `isExpanded` is null for rows that cannot be opened. */
type RowContent =
  /** The count of what stands directly below it; null while names are coming. */
  | { readonly type: 'schema'; readonly schema: SchemaName; readonly count: number | null }
  | {
      readonly type: 'group';
      readonly schema: string;
      readonly group: NodeGroupName;
      readonly count: number;
    }
  | { readonly type: 'node'; readonly node: CatalogueNode; readonly rows: RowCount | null }
  | { readonly type: 'note'; readonly schema: string; readonly note: TreeNote };

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
  readonly names: Names;
  /** Better figures than the estimates, by the key of the node. */
  readonly counted: ReadonlyMap<string, RowCount>;
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
      const place = { key, parentKey, level, position: index + 1, setSize: branches.length, isExpanded };
      // Not `{ ...content, key, … }`: V8 takes fifty times as long for that, which is felt with 12,000 rows.
      rows.push(Object.assign(place, content));
      if (isExpanded === true && children !== null) walk(children(), level + 1, key);
    }
  };
  walk(schemaBranches(input), 1, null);
  return rows;
}

/** How many nodes match, and how many schemas by their own name, for the line below the filter. */
export function countMatches({ names, showsSystem, words }: TreeInput) {
  let nodeCount = 0;
  let schemaCount = 0;
  for (const schema of visibleSchemas(names.schemas, showsSystem, words)) {
    if (matchesSchema(words, schema.name)) schemaCount += 1;
    for (const { name } of names.nodesOf.get(schema.name) ?? []) {
      if (matchesNode(words, schema.name, name)) nodeCount += 1;
    }
  }
  return { nodeCount, schemaCount };
}

/** System schemas are shown on demand, and never searched: nobody looks for a table of their own in them. */
function visibleSchemas(schemas: readonly SchemaName[], showsSystem: boolean, words: FilterWords) {
  return schemas.filter((schema) => !schema.isSystem || (showsSystem && words.length === 0));
}

function schemaBranches(input: TreeInput): readonly Branch[] {
  const visible = visibleSchemas(input.names.schemas, input.showsSystem, input.words);
  if (input.words.length > 0) return visible.flatMap((schema) => filteredSchemaBranch(schema, input));
  return visible.map((schema) => schemaBranch(schema, input));
}

const nothing: readonly CatalogueNode[] = [];

const nodesIn = (schema: SchemaName, { names }: TreeInput): readonly CatalogueNode[] =>
  names.nodesOf.get(schema.name) ?? nothing;

/** A closed schema with everything in it. */
function schemaBranch(schema: SchemaName, input: TreeInput): Branch {
  const nodes = nodesIn(schema, input);
  return {
    key: schemaKey(schema.name),
    content: { type: 'schema', schema, count: input.names.isWhole ? topLevelCount(nodes) : null },
    isExpandedByDefault: false,
    children: () =>
      nodes.length > 0
        ? forestBranches(schema.name, nodeForest(nodes, input.names.kinds), input)
        : [noteBranch(schema.name, input.names.isWhole ? 'empty' : 'loading')],
  };
}

const noteBranch = (schema: string, note: TreeNote): Branch => ({
  key: noteKey(schema),
  content: { type: 'note', schema, note },
  isExpandedByDefault: false,
  children: null,
});

/** One group alone needs no heading: its nodes stand directly below the schema. What has no rows is closed at first. */
function forestBranches(schema: string, forest: readonly NodeGroup[], input: TreeInput): readonly Branch[] {
  const [first] = forest;
  if (forest.length === 1 && first !== undefined) {
    return first.branches.map((branch) => nodeBranch(branch, input));
  }
  const { kinds } = input.names;
  return forest.map(({ name, branches }) => ({
    key: groupKey(schema, name),
    content: { type: 'group', schema, group: name, count: branches.length },
    isExpandedByDefault: kinds.some(({ kind, actions }) => kind === name && actions.includes('rows')),
    children: () => branches.map((branch) => nodeBranch(branch, input)),
  }));
}

function nodeBranch({ node, children }: NodeBranch, input: TreeInput): Branch {
  const key = nodeKey(node);
  return {
    key,
    content: { type: 'node', node, rows: input.counted.get(key) ?? node.rows },
    isExpandedByDefault: false,
    children: children.length === 0 ? null : () => children.map((child) => nodeBranch(child, input)),
  };
}

/** A schema with only what matches; with everything in it, closed, when only its own name matches; else nothing. */
function filteredSchemaBranch(schema: SchemaName, input: TreeInput): readonly Branch[] {
  const { words } = input;
  const nodes = nodesIn(schema, input);
  const branch = schemaBranch(schema, input);
  // Looked at first, because it costs far less than sorting everything.
  if (nodes.some(({ name }) => matchesNode(words, schema.name, name))) {
    const children = () =>
      nodeForest(nodes, input.names.kinds).flatMap(({ branches }) =>
        matchingBranches(branches, schema.name, input),
      );
    return [{ ...branch, isExpandedByDefault: true, children }];
  }
  return matchesSchema(words, schema.name) ? [branch] : [];
}

/** A node stays for the sake of a matching child, and is then open so that the match is seen. */
function matchingBranches(nodes: readonly NodeBranch[], schema: string, input: TreeInput): readonly Branch[] {
  return nodes.flatMap(({ node, children }) => {
    const branch = nodeBranch({ node, children }, input);
    if (matchesNode(input.words, schema, node.name)) return [branch];
    const matching = matchingBranches(children, schema, input);
    if (matching.length === 0) return [];
    return [{ ...branch, isExpandedByDefault: true, children: () => matching }];
  });
}
