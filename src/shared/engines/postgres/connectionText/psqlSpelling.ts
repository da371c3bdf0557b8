import type { SettingsSpelling } from '../../../connectionText/ConnectionTextCodec.ts';
import {
  commandBeginning,
  splitCommand,
  withoutOtherOptions,
} from '../../../connectionText/spellings/commandLine.ts';
import {
  type Gathered,
  gather,
  type WrittenSetting,
  withFallback,
} from '../../../connectionText/vocabulary.ts';
import { splitKeywords } from './splitKeywords.ts';
import { environmentVocabulary, keywordVocabulary, type PostgresParameter } from './vocabularies.ts';

/** psql's options. Source: PostgreSQL 18, "psql". */
const options = {
  named: new Map([
    ['-h', 'host'],
    ['--host', 'host'],
    ['-p', 'port'],
    ['--port', 'port'],
    ['-U', 'user'],
    ['--username', 'user'],
    ['-d', 'dbname'],
    ['--dbname', 'dbname'],
  ]),
  others: new Set([
    ...['-c', '-f', '-F', '-L', '-o', '-P', '-R', '-T', '-v'],
    ...['--command', '--file', '--field-separator', '--log-file', '--output', '--pset', '--record-separator'],
    ...['--table-attr', '--set', '--variable'],
  ]),
};

const beginning = commandBeginning('psql|pgcli');
/** An option, a setting or a URL: the name of the program before other words can be the name of a data source. */
const saysWhere = /\s-|=|:\/\//;

/** `psql -h db.example.com -U ann shop` or `psql 'postgresql://…'`; pgcli takes the same. */
export const psqlSpellingOf = (
  urlSpelling: SettingsSpelling<PostgresParameter>,
): SettingsSpelling<PostgresParameter> => ({
  label: 'a psql command',
  fit(text) {
    if (!beginning.test(text)) return 'no';
    return saysWhere.test(text) ? 'certain' : 'likely';
  },
  read(text) {
    const { variables, settings, positional, hasOthers } = splitCommand(text, beginning, options);
    const [database = '', user = ''] = positional;
    const named = [...settings, { name: 'dbname', value: database }, { name: 'user', value: user }];
    const gathered = withFallback(readSettings(named, urlSpelling), gather(variables, environmentVocabulary));
    return hasOthers ? withoutOtherOptions(gathered, 'psql') : gathered;
  },
});

/** In the place of the database there may be a whole connection text; what it says counts before the options. */
function readSettings(
  settings: readonly WrittenSetting[],
  urlSpelling: SettingsSpelling<PostgresParameter>,
): Gathered<PostgresParameter> {
  const isUrl = (value: string) => urlSpelling.fit(value) !== 'no';
  const isText = ({ name, value }: WrittenSetting) =>
    name === 'dbname' && (isUrl(value) || value.includes('='));
  const text = settings.find(isText)?.value ?? '';
  const rest = gather(
    settings.filter(({ value }) => value !== text),
    keywordVocabulary,
  );
  if (text === '') return rest;
  const inner = isUrl(text) ? urlSpelling.read(text) : gather(splitKeywords(text), keywordVocabulary);
  return withFallback(inner, rest);
}
