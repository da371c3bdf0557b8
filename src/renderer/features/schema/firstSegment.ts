import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import type { TabOf } from '../../../shared/model/tabs.ts';
import { schemaStore } from './schema.ts';
import { actionsOf, emptyTree } from './sourceTree.ts';

/** Kinds whose code a person wants to read first. */
const codeKinds: ReadonlySet<NodeRef['kind']> = new Set([
  'function',
  'procedure',
  'aggregate',
  'trigger',
  'policy',
  'event',
]);

/** What a tab of a node begins with: its rows, where it has some. */
export function firstSegment(id: DataSourceId, node: NodeRef): TabOf<'relation'>['segment'] {
  const actions = actionsOf(schemaStore.getState().trees[id] ?? emptyTree, node);
  if (actions.includes('rows')) return 'rows';
  if (codeKinds.has(node.kind) && actions.includes('definition')) return 'definition';
  return actions.includes('structure') ? 'structure' : 'definition';
}
