import type { SearchPart, SearchPlace } from '../../shared/model/schemaSearch.ts';
import { formatCount, plural } from '../lib/format.ts';

const places: Record<SearchPlace, string> = {
  names: 'Names',
  columns: 'Columns',
  comments: 'Comments',
  definitions: 'Definitions',
};

const placeHints: Record<SearchPlace, string> = {
  names: 'Names of tables, views, routines, types, triggers, indexes and constraints',
  columns: 'Names of columns and arguments',
  comments: 'Comments on all of these',
  definitions: 'Code of views, routines and triggers; constraints, indexes, policies and default values',
};

const searching: Record<SearchPlace, string> = {
  names: 'Searching names…',
  columns: 'Searching columns…',
  comments: 'Searching comments…',
  definitions: 'Searching definitions…',
};

const parts: Record<SearchPart, string> = {
  column: 'column',
  argument: 'argument',
  value: 'value',
  constraint: 'constraint',
  index: 'index',
  trigger: 'trigger',
  policy: 'policy',
  rule: 'rule',
};

/** Words of the search through a data source. */
export const schemaSearchText = {
  field: 'Search for',
  placeholder: 'Text in names, columns, comments or definitions',
  search: 'Search',
  matchCase: 'Match case',
  regex: 'Regular expression',
  noRegex: 'Regular expressions are not available for APIs',
  placesLabel: 'Where to search',
  places,
  placeHints,
  noPlace: 'Choose at least one place.',
  searching,
  starting: 'Searching…',
  work: (source: string) => `Searching ${source}`,
  notConnected: 'Connect to search names, columns, comments and definitions.',
  results: 'Found',
  figure: (hits: number, objects: number) =>
    `${plural(hits, 'match', 'matches')} in ${plural(objects, 'object', 'objects')}`,
  parts,
  comment: 'comment',
  line: (line: number) => `line ${formatCount(line)}`,
  cut: (place: SearchPlace, count: number) =>
    `${places[place]}: only the first ${formatCount(count)} matches are shown. Search for more letters to narrow them down.`,
  refused: (place: SearchPlace, problem: string) =>
    `${places[place]}: not all could be searched. ${problem.replace(/\.?$/, '.')}`,
  cancelled: 'The search was cancelled. What was found until then is shown.',
  beginTitle: 'Search everything in this data source',
  beginMessage:
    'Finds text in the names of tables, columns and routines, in comments, and in the code of views, functions and triggers. Press Enter to search.',
  nothingTitle: (text: string) => `No matches for “${text}”`,
  nothingMessage: 'System schemas are not searched, nor is anything that your user may not see.',
  open: 'Open',
  copyName: 'Copy qualified name',
  copyLine: 'Copy line',
};
