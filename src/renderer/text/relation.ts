import { formatCount, plural } from '../lib/format.ts';

const rows = (count: number): string => plural(count, 'row', 'rows');

/** Words of the tab of a relation. */
export const relationText = {
  segments: { rows: 'Rows', structure: 'Structure', definition: 'Definition' },
  segment: 'What is shown',
  path: 'Where this is',
  grid: (name: string) => `Rows of ${name}`,
  back: (name: string) => `Back to ${name}`,
  refresh: 'Refresh',
  save: 'Save rows to a file',
  find: 'Find in rows',
  more: 'More',
  loadAll: 'Load all rows',
  loadingAll: (name: string) => `Loading all rows of ${name}`,
  query: 'Query in a new tab',
  favourite: 'Add to or remove from favourites',
  diagram: 'Diagram with neighbours',
  structure: { columns: 'Columns', constraints: 'Constraints', indexes: 'Indexes' },
  structureParts: 'Parts of the structure',
  dependencies: {
    title: 'Dependencies',
    uses: 'Uses',
    usedBy: 'Used by',
    none: {
      uses: 'It uses no other object that the server knows of.',
      usedBy: 'No other object uses it, as far as the server knows.',
    },
    through: (parts: string) => `through ${parts}`,
  },
  loadedOf: (count: number, known: string) => `${formatCount(count)} of ${known}`,
  loaded: (count: number) => `${rows(count)} so far`,
  all: rows,
  matching: (count: number) => `${rows(count)} matching the filters`,
  progress: (count: number) => rows(count),
  gate: {
    title: 'Not connected',
    message: 'Connect to see this relation.',
    connect: 'Connect',
    pending: 'Connecting…',
    gone: 'This data source has been removed.',
  },
};
