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
import { numberCell, runCatalogueStatement, textCell } from '../../sql/askCatalogue.ts';
import { flagCell, parseRows } from '../catalogue/resultRows.ts';
import { settingText } from './settingText.ts';

const settingsQuery = `
SELECT s.name, s.setting, s.unit, s.category,
       pg_catalog.concat_ws(' ', s.short_desc, s.extra_desc),
       pg_catalog.concat(s.vartype, ', ' || s.min_val || ' to ' || s.max_val,
         ': ' || pg_catalog.array_to_string(s.enumvals, ', ')),
       s.source, s.sourcefile, s.sourceline, s.context, s.boot_val, s.reset_val, s.pending_restart
  FROM pg_catalog.pg_settings s
 ORDER BY pg_catalog.lower(s.name)
 LIMIT ${maxServerSettings}`;

const settingRow = z.tuple([
  textCell,
  textCell.nullable(),
  textCell.nullable(),
  textCell.nullable(),
  textCell,
  textCell,
  textCell.nullable(),
  textCell.nullable(),
  numberCell.pipe(z.int()).nullable(),
  textCell.nullable(),
  textCell.nullable(),
  textCell.nullable(),
  flagCell.nullable(),
]);

/** The server's own words, which are the same in every language. */
const sourceOf: Readonly<Record<string, SettingSource>> = {
  default: 'default',
  override: 'automatic',
  'environment variable': 'environment',
  'configuration file': 'file',
  'command line': 'command-line',
  global: 'database',
  database: 'database',
  user: 'role',
  'database user': 'role-in-database',
  client: 'session',
  interactive: 'session',
  session: 'session',
};

const scopeOf: Readonly<Record<string, SettingScope>> = {
  internal: 'never',
  postmaster: 'restart',
  sighup: 'reload',
  'superuser-backend': 'new-sessions',
  backend: 'new-sessions',
  superuser: 'superuser',
  user: 'session',
};

/** What Mooring's own session asks for, and what the server works out, was changed by nobody. */
const isOfPeople = (source: SettingSource | null): boolean =>
  source !== null && source !== 'default' && source !== 'automatic' && source !== 'session';

/** How a standby logs in to its primary, which administrators see: without the password. */
const withoutPassword = (text: string): string =>
  text.replace(/\b(password\s*=\s*)('(?:[^'\\]|\\.)*'|\S+)/gi, '$1…');

const clean = (text: string | null): string | null =>
  text === null || text === '' ? null : cleanText(withoutPassword(text), maxSettingTextLength);

/** Every setting that the role may see. File and line are for administrators. */
export async function readSettings(
  connection: SqlConnection,
  options: QueryOptions,
): Promise<readonly ServerSetting[]> {
  const result = await runCatalogueStatement(connection, { text: settingsQuery }, options);
  return parseRows(result, settingRow).map((row): ServerSetting => {
    const [name, value, unit, category, description, accepts, sourceWord, ...rest] = row;
    const [file, line, context, defaultValue, resetValue, isPending] = rest;
    const source = sourceOf[sourceWord ?? ''] ?? null;
    const text = (raw: string | null) => (raw === '' ? '' : clean(settingText(raw, unit)));
    return {
      name: cleanText(name, maxSettingTextLength),
      value: text(value),
      unit: clean(unit),
      category: clean(category),
      description: clean(description),
      accepts: clean(accepts),
      source,
      file: clean(file),
      line,
      scope: scopeOf[context ?? ''] ?? null,
      defaultValue: text(defaultValue),
      resetValue: text(resetValue),
      isPending: isPending === true,
      isChanged: isOfPeople(source) && value !== defaultValue,
    };
  });
}
