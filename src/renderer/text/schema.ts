import type { RelationKind } from '../../shared/model/schemaTree.ts';
import { plural } from '../lib/format.ts';

const kindLabel: Record<RelationKind, string> = {
  table: 'Table',
  'partitioned-table': 'Partitioned table',
  partition: 'Partition',
  view: 'View',
  'materialized-view': 'Materialized view',
  'foreign-table': 'Foreign table',
};

/** `12 matches`, `1 matching schema`, or both. */
function matches(relationCount: number, schemaCount: number): string {
  const schemas = plural(schemaCount, 'matching schema', 'matching schemas');
  if (relationCount > 0) {
    const relations = plural(relationCount, 'match', 'matches');
    return schemaCount > 0 ? `${relations} · ${schemas}` : relations;
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
  groups: {
    tables: 'Tables',
    views: 'Views',
    materializedViews: 'Materialized views',
    foreignTables: 'Foreign tables',
  },
  kindLabel,
  notes: { loading: 'Loading…', empty: 'No tables or views' },
  schemaCount: (count: number) => plural(count, 'table or view', 'tables and views'),
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
  relationGone: 'It is no longer in the list and may have been renamed or dropped. Refresh to check again.',
  copyName: 'Copy name',
  copyQualifiedName: 'Copy qualified name',
  copyMenu: 'Copy options',
  openRelation: 'Open',
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
  tabs: { columns: 'Columns', indexes: 'Indexes', definition: 'Definition', rows: 'Rows' },
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
    invalid: 'invalid',
    invalidHint: 'The server does not use this index because its build did not finish. Rebuild or drop it.',
    none: 'No indexes',
    noneMessage: 'Without an index, every search reads all rows.',
    noneOfItsOwn: 'Views and foreign tables have no indexes of their own.',
  },
  definition: {
    partitionKey: 'Partitioned by',
    query: 'Query',
    copy: 'Copy query',
    none: 'No definition',
    noneMessage: 'Only views and partitioned tables have a definition.',
  },
  loadingDetail: 'Loading…',
};
