import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { CatalogueNode, NodeRef, RowCount } from '../../../shared/model/schemaTree.ts';
import { compareNames } from '../../lib/compareNames.ts';
import { type Names, nodeKey } from '../schema/index.ts';
import { favouriteKey } from './keys.ts';
import type { SchemaContent } from './rows.ts';

interface Input {
  readonly sourceId: DataSourceId;
  readonly favourites: readonly NodeRef[];
  readonly counted: ReadonlyMap<string, RowCount>;
}

const nodesByKey = new WeakMap<readonly CatalogueNode[], ReadonlyMap<string, CatalogueNode>>();

/** The nodes of a schema by key; kept, since the rows are made anew with each one that is opened. */
function byKey(nodes: readonly CatalogueNode[]): ReadonlyMap<string, CatalogueNode> {
  const known = nodesByKey.get(nodes) ?? new Map(nodes.map((node) => [nodeKey(node), node]));
  nodesByKey.set(nodes, known);
  return known;
}

const nothing: readonly CatalogueNode[] = [];

/** A favourite as the names have it; as it was kept while they are coming; null when it is not among them. */
function nodeFor(ref: NodeRef, { isWhole, nodesOf }: Names): CatalogueNode | null {
  const node = byKey(nodesOf.get(ref.schema) ?? nothing).get(nodeKey(ref));
  if (node !== undefined) return node;
  return isWhole ? null : { ...ref, id: nodeKey(ref), comment: null, rows: null, parentId: null };
}

function contentOf(ref: NodeRef, names: Names, { counted, sourceId }: Input): SchemaContent {
  const node = nodeFor(ref, names);
  if (node === null) return { type: 'missing', sourceId, node: ref };
  return { type: 'node', sourceId, node, rows: counted.get(nodeKey(node)) ?? node.rows, isFound: true };
}

const byName = (left: NodeRef, right: NodeRef): number =>
  compareNames(left.name, right.name) || compareNames(left.schema, right.schema);

/** The favourites of a data source by name, each with the key of its row. */
export const favouriteContents = (names: Names, input: Input) =>
  [...input.favourites]
    .sort(byName)
    .map((ref) => ({ key: favouriteKey(input.sourceId, ref), content: contentOf(ref, names, input) }));
