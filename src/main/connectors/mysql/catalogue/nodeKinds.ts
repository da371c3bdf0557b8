import type { NodeTraits } from '../../../../shared/model/schemaTree.ts';

/** In the order in which a schema groups them. */
export const mysqlNodeKinds: readonly NodeTraits[] = [
  { kind: 'table', actions: ['structure', 'rows', 'count', 'definition', 'dependencies'] },
  { kind: 'partitioned-table', actions: ['structure', 'rows', 'count', 'definition', 'dependencies'] },
  { kind: 'partition', actions: ['structure', 'rows'] },
  { kind: 'view', actions: ['structure', 'rows', 'count', 'definition', 'dependencies'] },
  { kind: 'sequence', actions: ['structure', 'rows', 'definition'] },
  { kind: 'function', actions: ['structure', 'definition'] },
  { kind: 'procedure', actions: ['structure', 'definition'] },
  { kind: 'trigger', actions: ['structure', 'definition', 'dependencies'] },
  { kind: 'event', actions: ['structure', 'definition'] },
  { kind: 'role', actions: ['structure', 'definition', 'rights'] },
  { kind: 'account', actions: ['structure', 'definition', 'rights'] },
];
