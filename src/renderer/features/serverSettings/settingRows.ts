import type { ServerSetting } from '../../../shared/model/serverSettings.ts';
import { type RowColumn, rowColumn } from '../../components/rowColumns.ts';
import { compareNames } from '../../lib/compareNames.ts';
import { serverSettingsText } from '../../text/serverSettings.ts';

export type SettingColumn = keyof typeof serverSettingsText.columns;

export const settingColumns: readonly RowColumn<SettingColumn>[] = [
  { ...rowColumn('name', 220), track: 'minmax(220px, 1fr)' },
  { ...rowColumn('value', 150), track: 'minmax(150px, 0.8fr)' },
  { ...rowColumn('defaultValue', 120, 4), track: 'minmax(120px, 0.5fr)' },
  rowColumn('source', 140, 1),
  rowColumn('scope', 160, 2),
  { ...rowColumn('description', 200, 3), track: 'minmax(200px, 1.6fr)', isSortable: false },
];

/** What stands in a cell; empty where the server does not say. */
export function settingCell(setting: ServerSetting, column: SettingColumn): string {
  switch (column) {
    case 'source':
      return setting.source === null ? '' : serverSettingsText.sources[setting.source];
    case 'scope':
      return setting.scope === null ? '' : serverSettingsText.scopes[setting.scope];
    default:
      return setting[column] ?? '';
  }
}

export interface SettingSort {
  readonly column: SettingColumn;
  readonly isDescending: boolean;
}

interface SettingView {
  readonly search: string;
  readonly onlyChanged: boolean;
  readonly sort: SettingSort;
}

/** Those that hold every word of the search, in name, value, category or description, in the order that was asked for. */
export function shownSettings(
  settings: readonly ServerSetting[],
  { search, onlyChanged, sort }: SettingView,
): readonly ServerSetting[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const fits = (setting: ServerSetting): boolean => {
    if (onlyChanged && !setting.isChanged && !setting.isPending) return false;
    const { name, value, category, description } = setting;
    const text = [name, value, category, description].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const turn = sort.isDescending ? -1 : 1;
  return settings
    .filter(fits)
    .sort(
      (left, right) =>
        turn * compareNames(settingCell(left, sort.column), settingCell(right, sort.column)) ||
        compareNames(left.name, right.name),
    );
}

/** One line for people and files: `work_mem = 64MB`. */
export const settingLine = ({ name, value }: ServerSetting): string => `${name} = ${value ?? ''}`;

/** All that is shown, one a line. */
export const settingsText = (settings: readonly ServerSetting[]): string =>
  settings.map((setting) => `${settingLine(setting)}\n`).join('');
