import type { DataSourceId } from '../../../../shared/model/ids.ts';
import type { CatalogueNode, NodeDetail, NodeRef } from '../../../../shared/model/schemaTree.ts';
import { call } from '../../../lib/api.ts';
import { latestValue } from '../../../lib/loadable.ts';
import { refOf } from '../../../lib/refOf.ts';
import { nodeKey, schemaStore } from '../../schema/index.ts';

/** What an editor asks the catalogue of a data source. */
export interface Catalogue {
  /** Schemas in the order in which they are shown; null while nothing is known. */
  schemas(): readonly { readonly name: string; readonly isSystem: boolean }[] | null;
  /** Relations and routines of a schema. */
  nodesOf(schema: string): readonly CatalogueNode[];
  /** Null when the server does not say. */
  detailOf(node: NodeRef): Promise<NodeDetail | null>;
}

/** Descriptions that are kept for each data source. */
const maxDescribed = 500;

interface Described {
  /** What the names were when these were read: a refresh of the tree is one of the columns too. */
  revision: number;
  readonly details: Map<string, Promise<NodeDetail | null>>;
}

const described = new Map<DataSourceId, Described>();

function detailsOf(id: DataSourceId): Map<string, Promise<NodeDetail | null>> {
  const revision = schemaStore.getState().trees[id]?.revision ?? 0;
  const known = described.get(id);
  if (known !== undefined && known.revision === revision) return known.details;
  const details = new Map<string, Promise<NodeDetail | null>>();
  described.set(id, { revision, details });
  return details;
}

function detailOf(id: DataSourceId, node: NodeRef): Promise<NodeDetail | null> {
  const details = detailsOf(id);
  const key = nodeKey(node);
  const known = details.get(key);
  if (known !== undefined) return known;
  const [oldest] = details.keys();
  if (details.size >= maxDescribed && oldest !== undefined) details.delete(oldest);
  const detail = call('schema.describe', { id, node: refOf(node) }).catch(() => {
    // Asked again the next time.
    details.delete(key);
    return null;
  });
  details.set(key, detail);
  return detail;
}

/** The catalogue of a data source that is connected, as far as the tree of the window has read it. */
export function catalogueOf(id: DataSourceId): Catalogue {
  const names = () => {
    const tree = schemaStore.getState().trees[id];
    return tree === undefined ? null : latestValue(tree.names);
  };
  return {
    schemas: () => names()?.schemas ?? null,
    nodesOf: (schema) => names()?.nodesOf.get(schema) ?? [],
    detailOf: (node) => detailOf(id, node),
  };
}
