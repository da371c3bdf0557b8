import { shellWords } from '../splitting/shellWords.ts';
import type { Gathered, WrittenSetting } from '../vocabulary.ts';

/** Command lines of an engine's own clients: variables, the program, options by the rules of getopt_long, other words. */

/** What a program's options mean. Every option is written with its dashes. */
export interface CommandOptions {
  /** Those with a value, and the vocabulary's name for it. */
  readonly named: ReadonlyMap<string, string>;
  /** Those whose value, if any, stands in the same word: `-psecret`, `--ssl=0`; and the setting without a value. */
  readonly optional?: ReadonlyMap<string, WrittenSetting>;
  /** Those with a value that has nothing to do with the connection. */
  readonly others: ReadonlySet<string>;
  /** A long option by its full name. */
  readonly fullName?: (option: string) => string;
}

export interface Command {
  /** Variables set in front of the program. */
  readonly variables: readonly WrittenSetting[];
  readonly settings: readonly WrittenSetting[];
  readonly positional: readonly string[];
  /** Whether there were options that say nothing about the connection. */
  readonly hasOthers: boolean;
}

/**
 * The beginning of a command: variables, then one of the programs, perhaps with its path.
 * @param programs as alternatives of a regular expression
 */
export const commandBeginning = (programs: string): RegExp =>
  new RegExp(
    String.raw`^(?:[$#>]\s+)?((?:env\s+|[A-Za-z_]\w*=(?:'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\\[\s\S]|[^\s'"\\])*\s+)*)(?:[^\s='"]*[/\\])?(?:${programs})(?:\.exe)?(?=\s|$)`,
  );

/** Says that a command had options that have no place here. */
export const withoutOtherOptions = <Parameter extends string>(
  gathered: Gathered<Parameter>,
  program: string,
): Gathered<Parameter> => ({
  ...gathered,
  leftOut: [
    ...gathered.leftOut,
    { name: `other options of ${program}`, reason: 'not related to the connection' },
  ],
});

/** @throws ConnectionTextRefused for a quotation mark that is not closed and for a shell variable */
export function splitCommand(text: string, beginning: RegExp, options: CommandOptions): Command {
  const [start = '', before = ''] = beginning.exec(text) ?? [];
  const variables = shellWords(before)
    .filter((word) => word.includes('='))
    .map((word) => splitAtEquals(word));
  return { variables, ...sortWords(shellWords(text.slice(start.length)), options) };
}

function splitAtEquals(word: string): WrittenSetting {
  const equals = word.indexOf('=');
  return equals === -1
    ? { name: word, value: '' }
    : { name: word.slice(0, equals), value: word.slice(equals + 1) };
}

/** All after `--` is no option. */
function sortWords(words: readonly string[], options: CommandOptions): Omit<Command, 'variables'> {
  const settings: WrittenSetting[] = [];
  const positional: string[] = [];
  let hasOthers = false;
  const waiting = [...words];
  for (let word = waiting.shift(); word !== undefined; word = waiting.shift()) {
    if (word === '--') {
      positional.push(...waiting.splice(0));
    } else if (/^-./.test(word)) {
      const setting = settingOf(word, waiting, options);
      if (setting === null) hasOthers = true;
      else settings.push(setting);
    } else {
      positional.push(word);
    }
  }
  return { settings, positional, hasOthers };
}

/** The setting of an option; null when it says nothing about the connection. Takes its value off the waiting words. */
function settingOf(word: string, waiting: string[], options: CommandOptions): WrittenSetting | null {
  const { option, attached } = optionOf(word, options);
  const switched = options.optional?.get(option);
  if (switched !== undefined) return { ...switched, value: attached ?? switched.value };
  const value = needsValue(option, options) ? (attached ?? waiting.shift() ?? '') : '';
  const name = options.named.get(option);
  return name === undefined ? null : { name, value };
}

const needsValue = (option: string, { named, others }: CommandOptions) =>
  named.has(option) || others.has(option);

interface Option {
  readonly option: string;
  /** The value in the same word. */
  readonly attached: string | undefined;
}

/**
 * `--host=db`, `--host db`, `-hdb`, `-h db`, `-XAth db`: the first letter of a cluster that takes a value has the rest of
 * the word as its value.
 */
function optionOf(word: string, options: CommandOptions): Option {
  if (word.startsWith('--')) {
    const { name, value } = splitAtEquals(word);
    return { option: options.fullName?.(name) ?? name, attached: word.includes('=') ? value : undefined };
  }
  const takesRest = (option: string) => needsValue(option, options) || options.optional?.has(option);
  const letters = [...word.slice(1)];
  const index = letters.findIndex((letter) => takesRest(`-${letter}`));
  if (index === -1) return { option: word, attached: undefined };
  const attached = letters.slice(index + 1).join('');
  return { option: `-${letters[index] ?? ''}`, attached: attached === '' ? undefined : attached };
}
