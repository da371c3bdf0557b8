import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { CatalogueNode } from '../../../shared/model/schemaTree.ts';
import { latestValue } from '../../lib/loadable.ts';
import { type FilterWords, ranks } from '../../lib/textRank.ts';
import { rankOfDamaged, rankOfSource } from '../connections/index.ts';
import { emptyTree, type Names, noSchema } from '../schema/index.ts';
import { type FoundDatabase, foundDatabaseRows, noDatabases } from './databaseRows.ts';
import { rankOfNode, rankOfSchema } from './filterText.ts';
import { damagedKey, sourceKey } from './keys.ts';
import { type NodeBranch, nodeForest } from './nodeForest.ts';
import { memoBySource, type OutlineInput, schemaInput } from './outline.ts';
import { rowKeeper } from './rowKeeper.ts';
import type { NavigatorRow, RowContent, SchemaRow } from './rows.ts';
import {
  type Branch,
  foundBranch,
  rowsOfBranches,
  type SchemaRowsInput,
  schemaBranch,
  schemaRows,
} from './schemaRows.ts';
import { outlineScope, togglesOf } from './toggles.ts';

export interface SearchInput extends OutlineInput {
  readonly byId: Readonly<Record<DataSourceId, DataSourceSummary>>;
  readonly words: FilterWords;
}

export interface SearchResult {
  readonly rows: readonly NavigatorRow[];
  readonly sourceCount: number;
  /** Schemas and what is in them. */
  readonly nodeCount: number;
}

interface FoundInSource {
  readonly bestRank: number;
  readonly count: number;
  readonly rows: readonly SchemaRow[];
}

type SourceSearch = SchemaRowsInput & { readonly words: FilterWords };

const nowhere: FoundInSource = { bestRank: ranks.none, count: 0, rows: [] };

const lowerNames = new WeakMap<readonly CatalogueNode[], readonly string[]>();

/** The names of one schema in lower case; kept, since each key press looks through all of them. */
function lowerNamesOf(nodes: readonly CatalogueNode[]): readonly string[] {
  const known = lowerNames.get(nodes) ?? nodes.map(({ name }) => name.toLowerCase());
  lowerNames.set(nodes, known);
  return known;
}

const flat = (branches: readonly NodeBranch[]): CatalogueNode[] =>
  branches.flatMap(({ node, children }) => [node, ...flat(children)]);

/** Nodes of one schema that fit, in the order of its tree. Nothing is sorted for a schema in which nothing fits. */
function fittingNodes(nodes: readonly CatalogueNode[], names: Names, words: FilterWords, schema: string) {
  const lower = lowerNamesOf(nodes);
  const fits = new Map<CatalogueNode, number>();
  for (const [index, node] of nodes.entries()) {
    const rank = rankOfNode(words, schema, lower[index] ?? '');
    if (rank < ranks.none) fits.set(node, rank);
  }
  if (fits.size === 0) return [];
  const ordered = nodeForest(nodes, names.kinds).flatMap(({ branches }) => flat(branches));
  return ordered.flatMap((node) => {
    const rank = fits.get(node);
    return rank === undefined ? [] : [{ node, rank }];
  });
}

/** What fits below one data source, the best first. System schemas are not searched: nobody has a table in them. */
function searchSource(input: SourceSearch): FoundInSource {
  const names = latestValue(input.names);
  if (names === null) return nowhere;
  const found: Branch[][] = Array.from({ length: ranks.none }, () => []);
  const searchNodes = (schema: string): void => {
    const nodes = names.nodesOf.get(schema) ?? [];
    for (const { node, rank } of fittingNodes(nodes, names, input.words, schema)) {
      found[rank]?.push(foundBranch(node, input));
    }
  };
  for (const schema of names.schemas) {
    if (schema.isSystem) continue;
    found[rankOfSchema(input.words, schema.name)]?.push(schemaBranch(schema, names, input));
    searchNodes(schema.name);
  }
  searchNodes(noSchema);
  const branches = found.flat();
  const bestRank = found.findIndex((some) => some.length > 0);
  if (bestRank < 0) return nowhere;
  return { bestRank, count: branches.length, rows: rowsOfBranches(branches, input) };
}

interface Hit {
  readonly rank: number;
  /** How well its own name fits: of two that are as good, the one found by its name is meant. */
  readonly ownRank: number;
  readonly key: string;
  readonly content: RowContent;
  readonly isExpanded: boolean | null;
  readonly foundCount: number;
  readonly rowsBelow: () => readonly NavigatorRow[];
}

const byRank = (left: Hit, right: Hit): number => left.rank - right.rank || left.ownRank - right.ownRank;

/**
 * Makes the rows of the navigator with a filter: data sources and below them what fits in the connected ones, each by how
 * well it fits. Folders are left out; their names stand beside what is in them.
 */
export function createSearch() {
  const keepFound = memoBySource(searchSource);
  const keepWhole = memoBySource(schemaRows);
  const keeper = rowKeeper();

  /** Other databases of a server that fit by their name, or in which something fits: they have to be open for that. */
  const databasesOf = (id: DataSourceId, input: SearchInput): FoundDatabase[] =>
    (input.databases[id] ?? noDatabases).flatMap((database) => {
      const { names } = input.trees[database.id] ?? emptyTree;
      const below = schemaInput(database.id, { level: 3, parentKey: sourceKey(database.id) }, input);
      const found = latestValue(names) === null ? nowhere : keepFound({ ...below, words: input.words });
      const rank = Math.min(rankOfSchema(input.words, database.name), found.bestRank);
      return rank === ranks.none ? [] : [{ database, rank, count: found.count, rows: found.rows }];
    });

  const hitOf = (id: DataSourceId, input: SearchInput, folder: string | null): Hit[] => {
    const summary = input.byId[id];
    if (summary === undefined) return [];
    const key = sourceKey(id);
    const below = schemaInput(id, { level: 2, parentKey: key }, input);
    const hasNames = latestValue((input.trees[id] ?? emptyTree).names) !== null;
    const found = hasNames ? keepFound({ ...below, words: input.words }) : nowhere;
    const ownRank = rankOfSource(summary, input.words, folder ?? '');
    const databases = databasesOf(id, input);
    const rank = Math.min(ownRank, found.bestRank, ...databases.map((database) => database.rank));
    if (rank === ranks.none) return [];
    const toggled = togglesOf(input.toggles, outlineScope);
    const isFoundBelow = found.rows.length > 0 || databases.length > 0;
    const isExpanded = hasNames && (toggled.get(key) ?? isFoundBelow);
    return [
      {
        rank,
        ownRank,
        key,
        content: { type: 'source', sourceId: id, container: null, folder },
        isExpanded,
        foundCount: databases.reduce((count, database) => count + database.count, found.count),
        rowsBelow: () =>
          isFoundBelow ? [...found.rows, ...foundDatabaseRows(databases, key, toggled)] : keepWhole(below),
      },
    ];
  };

  return (input: SearchInput): SearchResult => {
    const folders = new Map(input.arrangement.folders.map(({ id, name }) => [id, name]));
    const sources = input.byName.flatMap((id) =>
      hitOf(id, input, folders.get(input.arrangement.folderOf[id] ?? '') ?? null),
    );
    const damaged = input.damaged.flatMap((one): Hit[] => {
      const rank = rankOfDamaged(one, input.words);
      const content = { type: 'damaged', damagedId: one.id } as const;
      if (rank === ranks.none) return [];
      const key = damagedKey(one.id);
      return [{ rank, ownRank: rank, key, content, isExpanded: null, foundCount: 0, rowsBelow: () => [] }];
    });
    const hits = [...sources.sort(byRank), ...damaged];
    return {
      rows: rowsOfHits(hits, keeper.begin()),
      sourceCount: hits.length,
      nodeCount: hits.reduce((count, { foundCount }) => count + foundCount, 0),
    };
  };
}

function rowsOfHits(hits: readonly Hit[], keep: (row: NavigatorRow) => NavigatorRow) {
  const rows: NavigatorRow[] = [];
  for (const [index, { key, content, isExpanded, rowsBelow }] of hits.entries()) {
    const place = { key, parentKey: null, level: 1, position: index + 1, setSize: hits.length, isExpanded };
    rows.push(keep(Object.assign(place, content)));
    if (isExpanded === true) for (const row of rowsBelow()) rows.push(row);
  }
  return rows;
}
