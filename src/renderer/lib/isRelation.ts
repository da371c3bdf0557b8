import type { NodeKind } from '../../shared/model/schemaTree.ts';

/** Kinds that have rows: within a schema their names are unique, whatever triggers and routines are called. */
const relationKinds: ReadonlySet<NodeKind> = new Set([
  'table',
  'partitioned-table',
  'partition',
  'view',
  'materialized-view',
  'foreign-table',
]);

/** Whether a node is something that rows can be read from. */
export const isRelation = ({ kind }: { readonly kind: NodeKind }): boolean => relationKinds.has(kind);

/** Relations that can have keys; a partition has those of its table. */
const tableKinds: ReadonlySet<NodeKind> = new Set(['table', 'partitioned-table', 'foreign-table']);

/** Whether a node can have foreign keys. */
export const isTable = ({ kind }: { readonly kind: NodeKind }): boolean => tableKinds.has(kind);
