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
  trigger: 'Triggers',
  event: 'Events',
  resource: 'Resources',
} satisfies Partial<Record<NodeKind, string>>;

const constraintKinds: Record<NodeDetail['constraints'][number]['kind'], string> = {
  primary: 'primary key',
  unique: 'unique',
  foreign: 'foreign key',
  check: 'check',
  exclusion: 'exclusion',
};

export const schemaText = {
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
    none: 'No definition',
    noneMessage: 'The server does not give one to this user.',
  },
  loadingDetail: 'Loading…',
};
