import type { SettingScope, SettingSource } from '../../shared/model/serverSettings.ts';
import { formatCount, plural } from '../lib/format.ts';

const sources: Record<SettingSource, string> = {
  default: 'Default',
  automatic: 'Set by the server',
  file: 'Configuration file',
  'command-line': 'Command line',
  environment: 'Environment variable',
  persisted: 'Persisted',
  runtime: 'Set at run time',
  database: 'Database',
  role: 'Role',
  'role-in-database': 'Role in this database',
  session: 'This session',
};

const scopes: Record<SettingScope, string> = {
  never: 'Cannot be changed',
  restart: 'After a restart',
  reload: 'After a reload',
  'new-sessions': 'In new sessions',
  superuser: 'At once, by a superuser',
  session: 'At once, in each session',
  global: 'At once, for the server',
};

/** Words of the list of the settings of a server. */
export const serverSettingsText = {
  label: 'Server settings',
  columns: {
    name: 'Setting',
    value: 'Value',
    defaultValue: 'Default',
    source: 'Source',
    scope: 'Takes effect',
    description: 'Description',
  },
  sources,
  scopes,
  search: 'Search settings',
  clearSearch: 'Clear search',
  onlyChanged: 'Only changed',
  onlyChangedHint:
    'Settings that differ from their default because somebody has set them. What Mooring sets for its own sessions does not count.',
  showAll: 'Show all settings',
  waiting: 'Reading the settings…',
  /** `378 settings`, `12 of 378 settings`. */
  summary: (shown: number, total: number) => {
    const all = plural(total, 'setting', 'settings');
    return shown === total ? all : `${formatCount(shown)} of ${all}`;
  },
  pending: 'waits for a restart',
  noMatch: 'No setting matches',
  noneChanged: 'Nothing has been changed',
  noneChangedMessage: 'Every setting that this user may see has its default.',
  none: 'No settings visible to this user',
  copyAll: 'Copy as text',
  copyValue: 'Copy value',
  copyName: 'Copy name',
  copyLine: 'Copy as text',
  empty: '(empty)',
  detail: {
    label: 'Selected setting',
    close: 'Close details',
    value: 'Value',
    defaultValue: 'Default',
    resetValue: 'After RESET',
    unit: 'Counted in',
    accepts: 'Accepts',
    source: 'Source',
    file: 'Set in',
    place: (file: string, line: number | null) => (line === null ? file : `${file}, line ${line}`),
    scope: 'A change takes effect',
    category: 'Category',
    pending: 'The configuration file has another value, which waits for a restart of the server.',
  },
};
