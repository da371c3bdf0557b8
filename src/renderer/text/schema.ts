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
  return schemaCount > 0 ? schemas : 'No match';
}

export const schemaText = {
  tree: 'Schemas and relations',
  filter: 'Find a table or view',
  filterPlaceholder: 'Find',
  clearFilter: 'Clear the filter',
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
  noSchemasMessage: 'This user may use no schema of this database except those of the system.',
  noMatch: 'Nothing found',
  noMatchMessage: (filter: string) => `No table or view is called “${filter}”, in whole or in part.`,
  loadingSchemas: 'Loading the schemas…',
  loadCancelled: 'Loading was cancelled.',
  pickTitle: 'Nothing selected',
  pickMessage: 'Choose a table or a view on the left to see its columns, indexes and rows.',
  relationGone: 'It is not in the list any more. It may have been renamed or dropped; refresh to look again.',
  copyName: 'Copy name',
  copyQualifiedName: 'Copy qualified name',
  copyMenu: 'Copy the name',
  openRelation: 'Open',
  expand: 'Expand',
  collapse: 'Collapse',
  rows: {
    unknown: 'Rows not known',
    unknownHint: 'The server has no estimate of it.',
    hint: {
      exact: 'Counted.',
      estimate: 'Estimated by the server’s planner. Count to know exactly.',
      'at-least': 'The server has no estimate of all of it. Count to know exactly.',
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
    noneMessage: 'This relation has no columns that this user may see.',
  },
  indexes: {
    caption: (relation: string) => `Indexes of ${relation}`,
    name: 'Index',
    properties: 'Properties',
    definition: 'Definition',
    primary: 'primary key',
    unique: 'unique',
    invalid: 'invalid',
    invalidHint: 'The server does not use this index: building it was not finished. Rebuild or drop it.',
    none: 'No indexes',
    noneMessage: 'Every search in this relation reads all of its rows.',
    noneOfItsOwn: 'Views and foreign tables have no indexes of their own.',
  },
  definition: {
    partitionKey: 'Partitioned by',
    query: 'Query',
    copy: 'Copy the query',
    none: 'No definition',
    noneMessage: 'Only views and partitioned tables have one.',
  },
  loadingDetail: 'Loading…',
};
