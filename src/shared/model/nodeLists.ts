/** The lists that a node may have beside columns, indexes and constraints, each with its columns. */
export const nodeListColumns = {
  labels: ['name'],
  arguments: ['name', 'type', 'mode', 'default'],
  partitions: ['name', 'bound', 'rows'],
  triggers: ['name', 'runs', 'function', 'status'],
  policies: ['name', 'command', 'roles', 'using', 'check'],
  tables: ['name', 'columns', 'filter'],
  objects: ['name', 'kind'],
  memberOf: ['role', 'options', 'grantor'],
  members: ['role', 'options', 'grantor'],
  roleSettings: ['name', 'value', 'database'],
  grants: ['statement'],
  privileges: ['role', 'privileges', 'columns', 'grantor'],
} as const;
export type NodeListKey = keyof typeof nodeListColumns;
