import type { NodeTraits } from '../../../../shared/model/schemaTree.ts';

/** In the order in which a schema groups them. */
export const mysqlNodeKinds: readonly NodeTraits[] = [
  { kind: 'table', actions: ['structure', 'rows', 'count', 'definition'] },
  { kind: 'partitioned-table', actions: ['structure', 'rows', 'count', 'definition'] },
  { kind: 'partition', actions: ['structure', 'rows'] },
  { kind: 'view', actions: ['structure', 'rows', 'count', 'definition'] },
  { kind: 'sequence', actions: ['structure', 'rows', 'definition'] },
  { kind: 'function', actions: ['definition'] },
  { kind: 'procedure', actions: ['definition'] },
  { kind: 'trigger', actions: ['definition'] },
  { kind: 'event', actions: ['definition'] },
];
