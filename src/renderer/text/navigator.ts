import { formatCount, plural } from '../lib/format.ts';

const noteText = {
  loading: 'Loading…',
  empty: 'Empty',
  'no-resources': 'No resources yet. Import or add them from the menu.',
  'no-schemas': 'Only system schemas are visible to this user.',
  cancelled: 'Loading was cancelled. Press F5 to load.',
};

/** `3 data sources · 12 objects`, while the filter is used. */
function found(sourceCount: number, nodeCount: number): string {
  const sources = plural(sourceCount, 'data source', 'data sources');
  return nodeCount === 0 ? sources : `${sources} · ${plural(nodeCount, 'object', 'objects')}`;
}

export const navigatorText = {
  label: 'Data sources',
  filter: 'Filter data sources and tables',
  filterPlaceholder: 'Find',
  clearFilter: 'Clear filter',
  settings: 'Settings',
  more: 'More actions',
  newFolder: 'New folder',
  import: 'Import…',
  export: 'Export…',
  collapseAll: 'Collapse all',
  found,
  empty: 'No data sources yet',
  emptyHint: 'They and their tables will be listed here.',
  nothingFound: (filter: string) => `No matches for “${filter}”`,
  nothingFoundHint: 'Tables are found in data sources that are connected.',
  favourites: 'Favourites',
  sourceCount: (count: number) => plural(count, 'data source', 'data sources'),
  inFolder: (folder: string) => `In the folder ${folder}`,
  inSchema: (schema: string) => `In the schema ${schema}`,
  readOnly: 'Read-only',
  cancelConnect: 'Cancel connecting',
  newQuery: 'New query',
  newRequest: 'New request',
  diagram: 'Diagram',
  newPipeline: 'Copy with a pipeline…',
  overview: 'Overview',
  activity: 'Activity',
  statements: 'Statements',
  serverSettings: 'Server settings',
  search: 'Search…',
  refresh: 'Refresh',
  databases: 'Other databases',
  databaseOwner: (name: string) => `Owner ${name}`,
  databaseEncoding: (name: string) => `Encoding ${name}`,
  addDatabase: 'Add as data source',
  /** At the end of the line of a database that nobody can open. */
  databaseRefused: { 'missing-right': 'no access', closed: 'closed', broken: 'damaged' },
  databaseRefusal: {
    'missing-right': 'This user has no CONNECT right on this database.',
    closed: 'This database accepts no connections (ALLOW_CONNECTIONS is off).',
    broken: 'Dropping this database was interrupted. It can only be dropped.',
  },
  /** Why another database cannot be opened. */
  refused: (title: string) => `${title}. Select to try again.`,
  showSystem: 'Show system schemas',
  hideSystem: 'Hide system schemas',
  rename: 'Rename',
  nameOf: (name: string) => `Name of ${name}`,
  addFavourite: 'Add to favourites',
  removeFavourite: 'Remove from favourites',
  missing:
    'It is no longer in the database: it was renamed or dropped. Press Delete to remove it from the favourites.',
  missingMark: 'missing',
  clearRecent: 'Clear recently opened objects',
  moveTo: 'Move to folder…',
  moveUp: 'Move up',
  moveDown: 'Move down',
  deleteFolder: 'Delete folder',
  folderDeleted: (name: string, count: number) =>
    count === 0
      ? `The folder “${name}” was deleted`
      : `The folder “${name}” was deleted; ${plural(count, 'data source', 'data sources')} moved out`,
  open: 'Open',
  expand: 'Expand',
  collapse: 'Collapse',
  note: noteText,
  loadFailed: (title: string) => `${title} Press F5 to try again.`,
  move: {
    title: (name: string) => `Move “${name}”`,
    label: 'Folder',
    none: 'No folder',
    confirm: 'Move',
  },
  /** The name of a new folder: `New folder`, `New folder 2`, … */
  folderName: (number: number) => (number === 1 ? 'New folder' : `New folder ${formatCount(number)}`),
};
