import { splitKeywords } from '../../../connectionText/pairs.ts';
import { shellWords } from '../../../connectionText/shellWords.ts';
import type { Spelling } from '../../../connectionText/spelling.ts';
import {
  type Gathered,
  gather,
  type WrittenSetting,
  withFallback,
} from '../../../connectionText/vocabulary.ts';
import { urlSpelling } from './urlSpelling.ts';
import { environmentVocabulary, keywordVocabulary, type PostgresParameter } from './vocabularies.ts';

/** Options that say where to connect, by libpq's names. Source: PostgreSQL 18, "psql". */
const connectionOptions: ReadonlyMap<string, string> = new Map([
  ['-h', 'host'],
  ['--host', 'host'],
  ['-p', 'port'],
  ['--port', 'port'],
  ['-U', 'user'],
  ['--username', 'user'],
  ['-d', 'dbname'],
  ['--dbname', 'dbname'],
]);
/** Other options that take a value. */
const valueOptions: ReadonlySet<string> = new Set([
  ...['-c', '-f', '-F', '-L', '-o', '-P', '-R', '-T', '-v'],
  ...['--command', '--file', '--field-separator', '--log-file', '--output', '--pset', '--record-separator'],
  ...['--table-attr', '--set', '--variable'],
]);

/** Variables before the program, then the program: `PGPASSWORD='…' psql`. */
const beginning =
  /^(?:[$#>]\s+)?((?:env\s+|[A-Za-z_]\w*=(?:'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\\[\s\S]|[^\s'"\\])*\s+)*)(?:[^\s='"]*[/\\])?(?:psql|pgcli)(?:\.exe)?(?=\s|$)/i;

/** `psql -h db.example.com -U ann shop` or `psql 'postgresql://…'`; pgcli takes the same. */
export const psqlSpelling: Spelling<PostgresParameter> = {
  label: 'a psql command',
  recognises: (text) => beginning.test(text),
  read(text) {
    const [start = '', before = ''] = beginning.exec(text) ?? [];
    const variables = shellWords(before)
      .filter((word) => word.includes('='))
      .map((word) => splitAtEquals(word));
    const command = readCommand(shellWords(text.slice(start.length)));
    return withFallback(command, gather(variables, environmentVocabulary));
  },
};

function splitAtEquals(word: string): WrittenSetting {
  const equals = word.indexOf('=');
  return equals === -1
    ? { name: word, value: '' }
    : { name: word.slice(0, equals), value: word.slice(equals + 1) };
}

function readCommand(words: readonly string[]): Gathered<PostgresParameter> {
  const { settings, positional, hasOthers } = sortWords(words);
  const [database = '', user = ''] = positional;
  const named = [...settings, { name: 'dbname', value: database }, { name: 'user', value: user }];
  const text = named.find(({ name, value }) => name === 'dbname' && isConnectionText(value))?.value ?? '';
  const rest = gather(
    named.filter(({ value }) => value !== text),
    keywordVocabulary,
  );
  const gathered = text === '' ? rest : withFallback(readDatabase(text), rest);
  if (!hasOthers) return gathered;
  const others = { name: 'other options of psql', reason: 'not related to the connection' };
  return { ...gathered, leftOut: [...gathered.leftOut, others] };
}

/** In the place of the database there may be a whole connection text; what it says counts before the options. */
const isConnectionText = (database: string) => urlSpelling.recognises(database) || database.includes('=');

const readDatabase = (text: string): Gathered<PostgresParameter> =>
  urlSpelling.recognises(text) ? urlSpelling.read(text) : gather(splitKeywords(text), keywordVocabulary);

interface SortedWords {
  readonly settings: readonly WrittenSetting[];
  readonly positional: readonly string[];
  /** Whether there were options that say nothing about the connection. */
  readonly hasOthers: boolean;
}

/** Sorts the words as getopt_long does; all after `--` is no option. */
function sortWords(words: readonly string[]): SortedWords {
  const settings: WrittenSetting[] = [];
  const positional: string[] = [];
  let hasOthers = false;
  const waiting = [...words];
  for (let word = waiting.shift(); word !== undefined; word = waiting.shift()) {
    if (word === '--') {
      positional.push(...waiting.splice(0));
    } else if (/^-./.test(word)) {
      const { option, attached } = optionOf(word);
      const name = connectionOptions.get(option);
      const value = takesValue(option) ? (attached ?? waiting.shift() ?? '') : '';
      if (name === undefined) hasOthers = true;
      else settings.push({ name, value });
    } else {
      positional.push(word);
    }
  }
  return { settings, positional, hasOthers };
}

const takesValue = (option: string) => connectionOptions.has(option) || valueOptions.has(option);

interface Option {
  readonly option: string;
  /** The value in the same word. */
  readonly attached: string | undefined;
}

/**
 * `--host=db`, `--host db`, `-hdb`, `-h db`, `-XAth db`: the first letter of a cluster that takes a value has the rest of
 * the word as its value.
 */
function optionOf(word: string): Option {
  if (word.startsWith('--')) {
    const { name, value } = splitAtEquals(word);
    return { option: name, attached: word.includes('=') ? value : undefined };
  }
  const letters = [...word.slice(1)];
  const index = letters.findIndex((letter) => takesValue(`-${letter}`));
  if (index === -1) return { option: word, attached: undefined };
  const attached = letters.slice(index + 1).join('');
  return { option: `-${letters[index] ?? ''}`, attached: attached === '' ? undefined : attached };
}
