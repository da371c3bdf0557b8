import { formatBytes, formatCount, plural } from '../lib/format.ts';

/** Words of the inspector. */
export const inspectorText = {
  title: 'Inspector',
  close: 'Close inspector',
  nothing: 'Nothing selected',
  nothingMessage: 'Select a cell to see its whole value here.',
  tabs: { value: 'Value', row: 'Row' },
  forms: { text: 'Text', pretty: 'Pretty', tree: 'Tree', hex: 'Hex', list: 'List' },
  form: 'Show as',
  wrap: 'Wrap lines',
  copy: 'Copy value',
  search: 'Find in value',
  searchRow: 'Find column or value',
  matches: (count: number) => (count === 0 ? 'No matches' : plural(count, 'match', 'matches')),
  partOnly: (shown: number, length: number) =>
    `First ${formatCount(shown)} of ${plural(length, 'character', 'characters')}`,
  loadMore: 'Load more',
  loadMoreFirst: 'Load the whole value to see it in this form.',
  invalid: (form: string) => `Not valid ${form}. It is shown as text.`,
  null: 'NULL',
  nullMessage: 'The row has no value in this column.',
  empty: 'Empty text',
  size: (characters: number, bytes: number) =>
    `${plural(characters, 'character', 'characters')}, ${formatBytes(bytes)}`,
  position: (column: string, row: number) => `${column}, row ${formatCount(row)}`,
  loading: 'Loading value…',
  items: (count: number) => plural(count, 'item', 'items'),
  members: (count: number) => plural(count, 'member', 'members'),
  tree: 'Structure of the value',
  more: (count: number) => `${formatCount(count)} more`,
  row: 'All values of the row',
};
