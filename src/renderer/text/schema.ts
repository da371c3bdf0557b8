import type { NodeListKey, nodeListColumns } from '../../shared/model/nodeLists.ts';
import type { NodeDetail, NodeKind } from '../../shared/model/schemaTree.ts';
import { formatCount, plural } from '../lib/format.ts';

const kindLabel: Record<NodeKind, string> = {
  table: 'Table',
  'partitioned-table': 'Partitioned table',
  partition: 'Partition',
  view: 'View',
  'materialized-view': 'Materialized view',
  'foreign-table': 'Foreign table',
  sequence: 'Sequence',
  function: 'Function',
  procedure: 'Procedure',
  aggregate: 'Aggregate',
  enum: 'Enum',
  domain: 'Domain',
  type: 'Type',
  trigger: 'Trigger',
  policy: 'Policy',
  event: 'Event',
  extension: 'Extension',
  'foreign-server': 'Foreign server',
  publication: 'Publication',
  'event-trigger': 'Event trigger',
  role: 'Role',
  account: 'Account',
  resource: 'Resource',
};

/** Headings of nodes that stand together in the tree. */
const groups = {
  table: 'Tables',
  view: 'Views',
  'materialized-view': 'Materialized views',
  'foreign-table': 'Foreign tables',
  sequence: 'Sequences',
  function: 'Functions',
  procedure: 'Procedures',
  aggregate: 'Aggregates',
  enum: 'Enums',
  domain: 'Domains',
  type: 'Types',
  trigger: 'Triggers',
  policy: 'Policies',
  event: 'Events',
  extension: 'Extensions',
  'foreign-server': 'Foreign servers',
  publication: 'Publications',
  'event-trigger': 'Event triggers',
  role: 'Roles',
  account: 'Accounts',
  resource: 'Resources',
} satisfies Partial<Record<NodeKind, string>>;

const constraintKinds: Record<NodeDetail['constraints'][number]['kind'], string> = {
  primary: 'primary key',
  unique: 'unique',
  foreign: 'foreign key',
  check: 'check',
  exclusion: 'exclusion',
};

type ListText = {
  readonly [Key in NodeListKey]: {
    readonly title: string;
    readonly none: string;
    readonly columns: Readonly<Record<(typeof nodeListColumns)[Key][number], string>>;
  };
};

const lists: ListText = {
  labels: { title: 'Labels', none: 'No labels', columns: { name: 'Label' } },
  arguments: {
    title: 'Arguments',
    none: 'No arguments',
    columns: { name: 'Argument', type: 'Type', mode: 'Mode', default: 'Default' },
  },
  partitions: {
    title: 'Partitions',
    none: 'No partitions',
    columns: { name: 'Partition', bound: 'Bound', rows: 'Estimated rows' },
  },
  triggers: {
    title: 'Triggers',
    none: 'No triggers',
    columns: { name: 'Trigger', runs: 'Runs', function: 'Function', status: 'Status' },
  },
  policies: {
    title: 'Policies',
    none: 'No policies',
    columns: { name: 'Policy', command: 'Command', roles: 'Roles', using: 'Using', check: 'With check' },
  },
  tables: {
    title: 'Tables',
    none: 'No tables',
    columns: { name: 'Table', columns: 'Columns', filter: 'Filter' },
  },
  objects: { title: 'Objects', none: 'No objects', columns: { name: 'Object', kind: 'Kind' } },
  memberOf: {
    title: 'Member of',
    none: 'Member of no role',
    columns: { role: 'Role', options: 'Options', grantor: 'Granted by' },
  },
  members: {
    title: 'Members',
    none: 'No members',
    columns: { role: 'Member', options: 'Options', grantor: 'Granted by' },
  },
  roleSettings: {
    title: 'Settings',
    none: 'No settings of its own',
    columns: { name: 'Setting', value: 'Value', database: 'In database' },
  },
  grants: { title: 'Grants', none: 'No grants', columns: { statement: 'Grant' } },
  privileges: {
    title: 'Privileges',
    none: 'No privileges visible to this user',
    columns: { role: 'Role', privileges: 'Privileges', columns: 'Columns', grantor: 'Granted by' },
  },
};

export const schemaText = {
  lists,
  listCaption: (title: string, node: string) => `${title} of ${node}`,
  listCut: (shown: number, total: number) =>
    `The first ${formatCount(shown)} of ${formatCount(total)} are shown.`,
  groups,
  kindLabel,
  schemaCount: (count: number) => plural(count, 'object', 'objects'),
  loadCancelled: 'Loading was cancelled.',
  copyName: 'Copy name',
  copyQualifiedName: 'Copy qualified name',
  rows: {
    unknown: 'Row count unknown',
    unknownHint: 'The server has no estimate.',
    hint: {
      exact: 'Exact row count.',
      estimate: 'Estimate from the server’s query planner. Select “Count exactly” for the exact row count.',
      'at-least': 'The server has only a partial estimate. Select “Count exactly” for the exact row count.',
    },
    long: {
      exact: (count: number) => plural(count, 'row', 'rows'),
      estimate: (count: number) => `~${plural(count, 'row', 'rows')}`,
      'at-least': (count: number) => `At least ${plural(count, 'row', 'rows')}`,
    },
    countExactly: 'Count exactly',
    counting: 'Counting…',
  },
  facts: 'Details',
  problem: 'The server cannot use this object',
  columns: {
    caption: (relation: string) => `Columns of ${relation}`,
    name: 'Column',
    type: 'Type',
    nullable: 'Null',
    key: 'Key',
    defaultValue: 'Default',
    notNull: 'not null',
    primary: 'primary',
    unique: 'unique',
    generated: 'generated',
    invisible: 'invisible',
    invisibleHint: 'SELECT * leaves this column out.',
    refersTo: (target: string) => `→ ${target}`,
    none: 'No columns',
    noneMessage: 'This table or view has no columns visible to this user.',
  },
  indexes: {
    caption: (relation: string) => `Indexes of ${relation}`,
    name: 'Index',
    properties: 'Properties',
    definition: 'Definition',
    primary: 'primary key',
    unique: 'unique',
    invisible: 'invisible',
    invisibleHint: 'The query planner ignores this index.',
    invalid: 'invalid',
    invalidHint: 'The server does not use this index because its build did not finish. Rebuild or drop it.',
    none: 'No indexes',
    noneMessage: 'Without an index, every search reads all rows.',
    noneOfItsOwn: 'Views and foreign tables have no indexes of their own.',
  },
  constraints: {
    caption: (relation: string) => `Constraints of ${relation}`,
    name: 'Constraint',
    kind: 'Kind',
    definition: 'Definition',
    kinds: constraintKinds,
    none: 'No constraints',
    noneMessage: 'It has no primary key, unique, foreign key or check constraint.',
  },
  definition: {
    heading: 'SQL',
    copy: 'Copy definition',
    open: 'Open in a query tab',
    none: 'No definition',
    noneMessage: 'The server does not give one to this user.',
  },
  loadingDetail: 'Loading…',
};
