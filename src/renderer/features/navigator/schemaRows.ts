import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { CatalogueNode, NodeRef, RowCount, SchemaName } from '../../../shared/model/schemaTree.ts';
import { latestValue } from '../../lib/loadable.ts';
import { type Names, nodeKey, noSchema, type SourceTree } from '../schema/index.ts';
import { favouriteContents } from './favouriteRows.ts';
import { favouriteObjectsKey, foundKey, groupKey, nodeRowKey, noteKey, schemaKey } from './keys.ts';
import { type NodeBranch, type NodeGroup, nodeForest, topLevelCount } from './nodeForest.ts';
import type { SchemaContent, SchemaRow, TreeNote } from './rows.ts';

/** What the rows below one data source are made of. */
export interface SchemaRowsInput {
  readonly sourceId: DataSourceId;
  /** Level of the rows directly below the data source. */
  readonly level: number;
  readonly parentKey: string;
  readonly names: SourceTree['names'];
  readonly isCancelled: boolean;
  /** Better figures than the estimates, by the key of the node. */
  readonly counted: ReadonlyMap<string, RowCount>;
  readonly showsSystem: boolean;
  /** Objects that stand at the top as well. */
  readonly favourites: readonly NodeRef[];
  /** Rows that somebody opened or closed, by key; the others are as their kind is by default. */
  readonly toggled: ReadonlyMap<string, boolean>;
}

export interface Branch {
  readonly key: string;
  readonly content: SchemaContent;
  readonly isExpandedByDefault: boolean;
  /** Null for what cannot be opened; made only when it is open. */
  readonly children: (() => readonly Branch[]) | null;
}

/** The visible rows of branches and what is open below them, top to bottom. */
export function rowsOfBranches(
  branches: readonly Branch[],
  { level, parentKey, toggled }: Pick<SchemaRowsInput, 'level' | 'parentKey' | 'toggled'>,
): readonly SchemaRow[] {
  const rows: SchemaRow[] = [];
  const walk = (siblings: readonly Branch[], depth: number, above: string): void => {
    for (const [index, { key, content, isExpandedByDefault, children }] of siblings.entries()) {
      const isExpanded = children === null ? null : (toggled.get(key) ?? isExpandedByDefault);
      const place = {
        key,
        parentKey: above,
        level: depth,
        position: index + 1,
        setSize: siblings.length,
        isExpanded,
      };
      // Not `{ ...content, key, … }`: V8 takes fifty times as long for that, which is felt with 12,000 rows.
      rows.push(Object.assign(place, content));
      if (isExpanded === true && children !== null) walk(children(), depth + 1, key);
    }
  };
  walk(branches, level, parentKey);
  return rows;
}

/** The rows below an open data source. Pure; linear in what is open. */
export function schemaRows(input: SchemaRowsInput): readonly SchemaRow[] {
  const names = latestValue(input.names);
  const shown = names?.schemas.filter((schema) => !schema.isSystem || input.showsSystem) ?? [];
  const branches =
    names === null
      ? []
      : [
          ...favouriteBranches(names, input),
          ...shown.map((schema) => schemaBranch(schema, names, input)),
          ...databaseBranches(names, input),
        ];
  const note = noteAbout(input, names, shown.length);
  const noted = note === null ? branches : [noteBranch(input.sourceId, '', note), ...branches];
  return rowsOfBranches(noted, input);
}

/** What is to be said about the names as a whole; null when they speak for themselves. */
function noteAbout(
  { names: { status }, isCancelled }: SchemaRowsInput,
  names: Names | null,
  shownCount: number,
): TreeNote | null {
  if (status === 'failed') return 'failed';
  if (names !== null) return shownCount > 0 ? null : 'no-schemas';
  return status === 'absent' && isCancelled ? 'cancelled' : 'loading';
}

/** The favourites, in a group above the schemas; nothing where there are none. */
function favouriteBranches(names: Names, input: SchemaRowsInput): readonly Branch[] {
  const { favourites, sourceId } = input;
  if (favourites.length === 0) return [];
  return [
    {
      key: favouriteObjectsKey(sourceId),
      content: { type: 'favourites', sourceId, count: favourites.length },
      isExpandedByDefault: true,
      children: () =>
        favouriteContents(names, input).map((favourite) => ({
          ...favourite,
          isExpandedByDefault: false,
          children: null,
        })),
    },
  ];
}

const nothing: readonly CatalogueNode[] = [];

type Content = Pick<SchemaRowsInput, 'sourceId' | 'counted'>;

/** A closed schema with everything in it. */
export function schemaBranch(schema: SchemaName, names: Names, content: Content): Branch {
  const { sourceId } = content;
  const nodes = names.nodesOf.get(schema.name) ?? nothing;
  const count = names.isWhole ? topLevelCount(nodes) : null;
  return {
    key: schemaKey(sourceId, schema.name),
    content: { type: 'schema', sourceId, schema, count },
    isExpandedByDefault: false,
    children: () =>
      nodes.length > 0
        ? forestBranches(schema.name, nodeForest(nodes, names.kinds), names, content)
        : [noteBranch(sourceId, schema.name, names.isWhole ? 'empty' : 'loading')],
  };
}

const noteBranch = (sourceId: DataSourceId, schema: string, note: TreeNote): Branch => ({
  key: noteKey(sourceId, schema),
  content: { type: 'note', sourceId, note },
  isExpandedByDefault: false,
  children: null,
});

/** One group alone needs no heading: its nodes stand directly below the schema. */
function forestBranches(
  schema: string,
  forest: readonly NodeGroup[],
  names: Names,
  content: Content,
): readonly Branch[] {
  const [first] = forest;
  return forest.length === 1 && first !== undefined
    ? first.branches.map((branch) => nodeBranch(branch, content))
    : groupBranches(schema, forest, names, content);
}

/** What belongs to the database and to no schema stands below the schemas, in groups. */
const databaseBranches = (names: Names, content: Content): readonly Branch[] =>
  groupBranches(noSchema, nodeForest(names.nodesOf.get(noSchema) ?? nothing, names.kinds), names, content);

/** A group of what has no rows is closed at first. */
function groupBranches(
  schema: string,
  forest: readonly NodeGroup[],
  { kinds }: Names,
  content: Content,
): readonly Branch[] {
  const { sourceId } = content;
  return forest.map(({ name, branches }) => ({
    key: groupKey(sourceId, schema, name),
    content: { type: 'group', sourceId, schema, group: name, count: branches.length },
    isExpandedByDefault: kinds.some(({ kind, actions }) => kind === name && actions.includes('rows')),
    children: () => branches.map((branch) => nodeBranch(branch, content)),
  }));
}

function nodeBranch({ node, children }: NodeBranch, content: Content): Branch {
  const { sourceId } = content;
  return {
    key: nodeRowKey(sourceId, node),
    content: { type: 'node', sourceId, node, rows: rowsOf(node, content), isFound: false },
    isExpandedByDefault: false,
    children: children.length === 0 ? null : () => children.map((child) => nodeBranch(child, content)),
  };
}

/** A node that a filter has found, apart from its schema. */
export const foundBranch = (node: CatalogueNode, content: Content): Branch => ({
  key: foundKey(content.sourceId, node),
  content: { type: 'node', sourceId: content.sourceId, node, rows: rowsOf(node, content), isFound: true },
  isExpandedByDefault: false,
  children: null,
});

const rowsOf = (node: CatalogueNode, { counted }: Content): RowCount | null =>
  counted.get(nodeKey(node)) ?? node.rows;
