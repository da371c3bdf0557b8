import type { Command } from '../lib/commands.ts';

const group: Record<Command['group'], string> = {
  general: 'Window',
  tabs: 'Tabs',
  navigator: 'Navigator',
  query: 'Query',
  grid: 'Rows',
  source: 'Data source',
};

export const commandsText = {
  group,
  allCommands: 'All commands…',
  goToRelation: 'Go to table or view…',
  shortcuts: 'Keyboard shortcuts',
  settings: 'Settings…',
  lock: 'Lock Mooring',
  export: 'Export data sources…',
  import: 'Import data sources…',
  audit: 'Audit trail…',
  restore: 'Restore from a backup…',
  logFolder: 'Show log folder',
  theme: { system: 'Theme: system', light: 'Theme: light', dark: 'Theme: dark' },
  find: 'Find',
  refresh: 'Refresh',
  navigator: 'Show or hide the navigator',
  inspector: 'Show or hide the inspector',
  newSource: 'New data source…',
  tabs: {
    newQuery: 'New query',
    openFile: 'Open file…',
    history: 'Query history',
    close: 'Close tab',
    reopen: 'Reopen closed tab',
    next: 'Next tab',
    previous: 'Previous tab',
    pin: 'Pin or unpin tab',
    side: 'Move tab to other side',
    otherSide: 'Go to other side',
    at: (number: number) => `Tab ${number}`,
    range: 'Tab 1 to 8, last tab',
  },
  activity: {
    pause: 'Pause activity',
    resume: 'Resume activity',
    sessions: 'Activity: list sessions',
    waits: 'Activity: list who blocks whom',
  },
  source: {
    connect: 'Connect',
    disconnect: 'Disconnect',
    edit: 'Edit data source…',
    overview: 'Show overview',
    metrics: 'Show metrics',
    activity: 'Show activity',
    copyUrl: 'Copy connection URL',
    duplicate: 'Duplicate data source',
    remove: 'Delete data source…',
  },
};

export const paletteText = {
  title: 'All commands',
  relationsTitle: 'Go to table or view',
  placeholder: 'Type a command, data source, table or view',
  relationsPlaceholder: 'Type a table or view',
  results: 'Found',
  nothing: (text: string) => `Nothing is called “${text}”`,
  noRelations: 'Connect to a data source to find its tables here.',
  hint: '↑↓ choose · Enter open · Esc close',
};

export const shortcutsText = {
  title: 'Keyboard shortcuts',
  whereMouse: 'Every command is also in the menus and in “All commands”.',
};
