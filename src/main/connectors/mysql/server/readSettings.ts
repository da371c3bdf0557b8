import { z } from 'zod';
import {
  maxServerSettings,
  maxSettingTextLength,
  type ServerSetting,
  type SettingScope,
  type SettingSource,
} from '../../../../shared/model/serverSettings.ts';
import { cleanText } from '../../../base/cleanText.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { textCell, unlessRefused } from '../../sql/askCatalogue.ts';
import { askRows } from '../catalogue/catalogueRows.ts';
import { perProduct } from '../catalogue/catalogueSql.ts';

/** Name, value, source, file, scope, whether it is fixed once the server runs, default, description, and what it accepts. */
const settingsQuery = `
SELECT ${perProduct({
  mysql: `v.VARIABLE_NAME, v.VARIABLE_VALUE, i.VARIABLE_SOURCE, NULLIF(i.VARIABLE_PATH, ''), NULL, NULL, NULL, NULL, NULL,
       IF(i.MIN_VALUE = '0' AND i.MAX_VALUE = '0', NULL, CONCAT(i.MIN_VALUE, ' to ', i.MAX_VALUE))
  FROM performance_schema.global_variables v
  LEFT JOIN performance_schema.variables_info i USING (VARIABLE_NAME)`,
  mariadb: `v.VARIABLE_NAME, COALESCE(v.GLOBAL_VALUE, v.SESSION_VALUE), v.GLOBAL_VALUE_ORIGIN, v.GLOBAL_VALUE_PATH,
       v.VARIABLE_SCOPE, v.READ_ONLY, v.DEFAULT_VALUE, v.VARIABLE_COMMENT, LOWER(v.VARIABLE_TYPE),
       COALESCE(v.ENUM_VALUE_LIST, CONCAT(v.NUMERIC_MIN_VALUE, ' to ', v.NUMERIC_MAX_VALUE))
  FROM information_schema.SYSTEM_VARIABLES v`,
})}
 ORDER BY 1
 LIMIT ${maxServerSettings}`;

/** For servers that tell nothing of where a value comes from. */
const namesQuery = 'SHOW GLOBAL VARIABLES';

const cell = textCell.nullable();
const settingRow = z.tuple([textCell, cell, cell, cell, cell, cell, cell, cell, cell, cell]);
const nameRow = z.tuple([textCell, cell]);

const sourceOf: Readonly<Record<string, SettingSource>> = {
  // MySQL.
  COMPILED: 'default',
  GLOBAL: 'file',
  SERVER: 'file',
  EXPLICIT: 'file',
  EXTRA: 'file',
  USER: 'file',
  LOGIN: 'file',
  COMMAND_LINE: 'command-line',
  PERSISTED: 'persisted',
  DYNAMIC: 'runtime',
  // MariaDB.
  'COMPILE-TIME': 'default',
  CONFIG: 'file',
  'COMMAND-LINE': 'command-line',
  ENVIRONMENT: 'environment',
  AUTO: 'automatic',
  SQL: 'runtime',
};

const isOfPeople = (source: SettingSource | null): boolean =>
  source !== null && source !== 'default' && source !== 'automatic';

function scopeOf(scope: string | null, readOnly: string | null): SettingScope | null {
  if (readOnly === 'YES') return 'restart';
  if (scope === null) return null;
  return scope === 'GLOBAL' ? 'global' : 'session';
}

const clean = (text: string | null): string | null =>
  text === null ? null : cleanText(text, maxSettingTextLength);

/** Every setting of the server. A server that does not say where its values come from shows the values alone. */
export async function readSettings(
  connection: SqlConnection,
  options: QueryOptions,
): Promise<readonly ServerSetting[]> {
  const rows =
    (await unlessRefused(connection, options, () =>
      askRows(connection, { text: settingsQuery }, settingRow, options),
    )) ?? (await readValues(connection, options));
  return rows.map(settingOf);
}

async function readValues(connection: SqlConnection, options: QueryOptions) {
  const rows = await askRows(connection, { text: namesQuery }, nameRow, options);
  return rows
    .slice(0, maxServerSettings)
    .map(([name, value]): SettingRow => [name, value, null, null, null, null, null, null, null, null]);
}

type SettingRow = z.output<typeof settingRow>;

function settingOf(row: SettingRow): ServerSetting {
  const [name, value, origin, file, scope, readOnly, defaultValue, description, type, range] = row;
  const source = sourceOf[origin ?? ''] ?? null;
  return {
    // MariaDB has its own in capitals.
    name: cleanText(name.toLowerCase(), maxSettingTextLength),
    value: clean(value),
    unit: null,
    category: null,
    description: clean(description),
    accepts: clean([type, range].filter((part) => part !== null).join(', ')) || null,
    source,
    file: clean(file),
    line: null,
    scope: scopeOf(scope, readOnly),
    defaultValue: clean(defaultValue),
    resetValue: null,
    isPending: false,
    isChanged: isOfPeople(source) && (defaultValue === null || value !== defaultValue),
  };
}
