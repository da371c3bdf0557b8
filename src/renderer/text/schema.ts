import type { NodeDetail, NodeKind } from '../../shared/model/schemaTree.ts';
import { plural } from '../lib/format.ts';

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
  trigger: 'Trigger',
  event: 'Event',
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
  trigger: 'Triggers',
  event: 'Events',
} satisfies Partial<Record<NodeKind, string>>;

const constraintKinds: Record<NodeDetail['constraints'][number]['kind'], string> = {
  primary: 'primary key',
  unique: 'unique',
  foreign: 'foreign key',
  check: 'check',
  exclusion: 'exclusion',
};

/** `12 matches`, `1 matching schema`, or both. */
function matches(nodeCount: number, schemaCount: number): string {
  const schemas = plural(schemaCount, 'matching schema', 'matching schemas');
  if (nodeCount > 0) {
    const nodes = plural(nodeCount, 'match', 'matches');
    return schemaCount > 0 ? `${nodes} · ${schemas}` : nodes;
  }
  return schemaCount > 0 ? schemas : 'No matches';
}

export const schemaText = {
  tree: 'Schemas and relations',
  filter: 'Find a table or view',
  filterPlaceholder: 'Find',
  clearFilter: 'Clear filter',
  refresh: 'Refresh',
  showSystem: 'Show system schemas',
  hideSystem: 'Hide system schemas',
  groups,
  kindLabel,
  notes: { loading: 'Loading…', empty: 'Empty' },
  schemaCount: (count: number) => plural(count, 'object', 'objects'),
  searchingTitle: 'Searching…',
  matches,
  stillLoading: 'loading…',
  noSchemas: 'No schemas',
  noSchemasMessage: 'This user can access only the system schemas of this database.',
  noMatch: 'No tables or views found',
  noMatchMessage: (filter: string) => `No name contains “${filter}”.`,
  loadingSchemas: 'Loading schemas…',
  loadCancelled: 'Loading was cancelled.',
  pickTitle: 'Nothing selected',
  pickMessage: 'Select a table or view on the left to see its columns, indexes and rows.',
  nodeGone: 'It is no longer in the list and may have been renamed or dropped. Refresh to check again.',
  copyName: 'Copy name',
  copyQualifiedName: 'Copy qualified name',
  copyMenu: 'Copy options',
  open: 'Open',
  expand: 'Expand',
  collapse: 'Collapse',
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
  columnCount: (count: number) => plural(count, 'column', 'columns'),
  facts: 'Details',
  problem: 'The server cannot use this object',
  tabs: {
    columns: 'Columns',
    constraints: 'Constraints',
    indexes: 'Indexes',
    definition: 'Definition',
    rows: 'Rows',
  },
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
    none: 'No definition',
    noneMessage: 'The server does not give one to this user.',
  },
  loadingDetail: 'Loading…',
};
