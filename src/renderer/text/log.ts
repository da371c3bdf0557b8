import type { LogLevel } from '../../shared/model/log.ts';

const levels: Record<LogLevel, string> = { error: 'Error', warn: 'Warning', info: 'Info', debug: 'Debug' };

export const logText = {
  title: 'Log',
  showFor: 'Show in log',
  levels,
  /** Names of a filter: this level and graver ones. */
  levelFilters: {
    error: 'Errors',
    warn: 'Warnings and errors',
    info: 'Info and above',
    debug: 'Everything',
  } satisfies Record<LogLevel, string>,
  level: 'Level',
  module: 'Module',
  allModules: 'All modules',
  search: 'Search the log',
  onlyCall: 'One operation',
  onlyCallHint: (id: string) => `Only lines of operation ${id}`,
  clearCall: 'Show all operations',
  list: 'Log lines, newest first',
  newLines: (count: number) => (count === 1 ? '1 new line' : `${count.toLocaleString('en')} new lines`),
  skipped: (count: number) =>
    `${count.toLocaleString('en')} ${count === 1 ? 'line was' : 'lines were'} left out because the log grew faster than it could be shown. They are in the file.`,
  empty: 'Nothing logged yet',
  emptyMessage: 'What Mooring does in the background is written here.',
  noMatch: 'No matching lines',
  noMatchMessage:
    'Change the filter, or write more: a module’s level decides which lines are written at all.',
  clearFilter: 'Show all lines',
  selected: 'Selected line',
  copyLine: 'Copy line',
  copyShown: 'Copy all lines shown',
  copied: (count: number) => (count === 1 ? 'Copied 1 line' : `Copied ${count.toLocaleString('en')} lines`),
  sameOperation: 'Show this operation only',
  openFolder: 'Open log folder',
  settings: 'What is written',
  settingsHint: 'Applies at once. More detail makes the log larger; old files are removed after 30 days.',
  everyModule: 'All other modules',
  asOthers: (level: LogLevel) => `As others (${levels[level]})`,
  facts: {
    time: 'Time',
    level: 'Level',
    module: 'Module',
    operation: 'Operation',
    source: 'Data source',
  },
  cause: 'Caused by',
};
