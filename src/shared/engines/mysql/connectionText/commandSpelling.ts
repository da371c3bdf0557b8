import type { SettingsSpelling } from '../../../connectionText/ConnectionTextCodec.ts';
import { ConnectionTextRefused } from '../../../connectionText/ConnectionTextRefused.ts';
import {
  type CommandOptions,
  commandBeginning,
  splitCommand,
  withoutOtherOptions,
} from '../../../connectionText/spellings/commandLine.ts';
import { gather, type WrittenSetting, withFallback } from '../../../connectionText/vocabulary.ts';
import { clientProtocol } from './readPlace.ts';
import { commandVocabulary, environmentVocabulary, type MysqlParameter } from './vocabularies.ts';

/** Letters of the options that the vocabulary knows by their long names. */
const letters: ReadonlyMap<string, string> = new Map([
  ['-h', 'host'],
  ['-P', 'port'],
  ['-u', 'user'],
  ['-D', 'database'],
  ['-S', 'socket'],
]);

/** Options whose value can only stand in the same word, and the setting that they are without one. */
const switches: ReadonlyMap<string, WrittenSetting> = new Map([
  ['-p', { name: 'password', value: '' }],
  ['--password', { name: 'password', value: '' }],
  ['-C', { name: 'compress', value: 'true' }],
  ['--compress', { name: 'compress', value: 'true' }],
  ['--ssl', { name: 'ssl', value: 'true' }],
  ['--skip-ssl', { name: 'ssl', value: 'false' }],
  ['--disable-ssl', { name: 'ssl', value: 'false' }],
  ['--ssl-verify-server-cert', { name: 'ssl-verify-server-cert', value: 'true' }],
  ['--skip-ssl-verify-server-cert', { name: 'ssl-verify-server-cert', value: 'false' }],
  ['--disable-ssl-verify-server-cert', { name: 'ssl-verify-server-cert', value: 'false' }],
]);

const longNames = [...commandVocabulary.rows.keys()].filter((name) => !switches.has(`--${name}`));

const options: CommandOptions = {
  named: new Map([...letters, ...longNames.map((name) => [`--${name}`, name] as const)]),
  optional: switches,
  others: new Set(['-e', '--execute', '--delimiter', '--prompt', '--tee', '--init-command', '--pager']),
  fullName,
};

const longOptions = [...options.named.keys(), ...switches.keys(), ...options.others].filter((option) =>
  option.startsWith('--'),
);

/** An option may be written with underscores, and shortened as long as it is clear which one is meant. */
function fullName(written: string): string {
  const option = written.replaceAll('_', '-');
  if (longOptions.includes(option)) return option;
  const [only, ...more] = longOptions.filter((known) => known.startsWith(option));
  return only !== undefined && more.length === 0 ? only : option;
}

const beginning = commandBeginning('mysql|mariadb');

/** `mysql -h db.example.com -u ann -psecret shop`. Source: MySQL 8.4, "mysql Client Options"; MariaDB's is alike. */
export const commandSpellingOf = (
  urlSpelling: SettingsSpelling<MysqlParameter>,
): SettingsSpelling<MysqlParameter> => ({
  label: 'a mysql command',
  fit: (text) => (isCommand(text) ? 'certain' : 'no'),
  read(text) {
    const { variables, settings, positional, hasOthers } = splitCommand(text, beginning, options);
    const [database = '', ...more] = positional;
    if (more.length > 0) throw tooManyWords();
    const isUrl = urlSpelling.fit(database) !== 'no';
    const named = [...settings, { name: 'database', value: isUrl ? '' : database }];
    const command = withFallback(gather(named, commandVocabulary), gather(variables, environmentVocabulary));
    const whole = isUrl ? withFallback(urlSpelling.read(database), command) : command;
    const gathered = withFallback(
      whole,
      gather([{ name: 'protocol', value: clientProtocol }], commandVocabulary),
    );
    return hasOthers ? withoutOtherOptions(gathered, 'mysql') : gathered;
  },
});

/** The name of the program alone, or before other words, is the name of a host or of a data source. */
function isCommand(text: string): boolean {
  if (!beginning.test(text)) return false;
  try {
    const { settings, variables } = splitCommand(text, beginning, options);
    return settings.length > 0 || variables.length > 0 || text.includes('://');
  } catch {
    return /\s-/.test(text);
  }
}

/** The second word is often a password that was meant for `-p`, which takes none from the next word. */
const tooManyWords = () =>
  new ConnectionTextRefused(
    'The command has more than one word after its options',
    'Write the password directly after -p, as in -psecret, and quote what has spaces.',
  );
