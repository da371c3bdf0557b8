import { type Fit, isSurer, type SettingsSpelling, spellingFor } from '../ConnectionTextCodec.ts';
import { ConnectionTextRefused } from '../ConnectionTextRefused.ts';
import { splitAssignments } from '../splitting/assignments.ts';
import { shellWords } from '../splitting/shellWords.ts';
import { type Gathered, gather, type Vocabulary, type WrittenSetting, withFallback } from '../vocabulary.ts';

/** What an engine says about environment variables. */
export interface EnvironmentRules<Parameter extends string> {
  readonly vocabulary: Vocabulary<Parameter>;
  /** How the engine's own variables begin, as alternatives of a regular expression. */
  readonly prefixes: string;
  /** What the value of a variable such as `DATABASE_URL` can be. */
  readonly spellingsOfValues: readonly SettingsSpelling<Parameter>[];
  /** Names of other lists: `host=…` begins a list of keywords and is no variable. */
  readonly isOtherName: (name: string) => boolean;
  /** What `DB_CONNECTION` and its like call the engine. */
  readonly product: RegExp;
  readonly usualPort: number;
}

/** What tells which engine the variables of an application are for: Laravel, Rails, Django, TypeORM, Knex. */
const productVariable = /^DB_(?:CONNECTION|ADAPTER|ENGINE|TYPE|DIALECT|CLIENT|DRIVER)$/i;
/** A secret, of whatever engine, is no connection, whatever it looks like. */
const secretName = /pass|pwd|secret|token/i;
const applicationPrefix = /^(?:DB_|SPRING[._])/i;

/** `DATABASE_URL="engine://…"` as in `.env` files and shells, an engine's own variables, and `DB_HOST=…` with its like. */
export function environmentSpellingOf<Parameter extends string>(
  rules: EnvironmentRules<Parameter>,
): SettingsSpelling<Parameter> {
  return {
    label: 'environment variables',
    fit: (text) => fitOf(text, rules),
    read(text) {
      const settings = assignmentsOf(text, rules) ?? [];
      const isInner = (setting: WrittenSetting) => connectionFit(setting, rules) !== 'no';
      const variables = gather(
        settings.filter((setting) => !isInner(setting) && !productVariable.test(setting.name)),
        rules.vocabulary,
      );
      const inner = readInner(settings.filter(isInner), rules);
      return inner === null ? variables : withFallback(inner, variables);
    },
  };
}

const isKnown = <Parameter extends string>(name: string, { vocabulary }: EnvironmentRules<Parameter>) =>
  vocabulary.rows.has(vocabulary.normalName(name));

function fitOf<Parameter extends string>(text: string, rules: EnvironmentRules<Parameter>): Fit {
  const own = new RegExp(String.raw`^\s*(?:(?:export|set|env)\s+|\$env:)?(?:${rules.prefixes})[A-Z_]+\s*=`);
  if (own.test(text)) return 'certain';
  try {
    return assignmentsFit(assignmentsOf(text, rules) ?? [], rules);
  } catch {
    return 'no';
  }
}

function assignmentsFit<Parameter extends string>(
  settings: readonly WrittenSetting[],
  rules: EnvironmentRules<Parameter>,
): Fit {
  const isOwn = ({ name }: WrittenSetting) => isKnown(name, rules) && !applicationPrefix.test(name);
  if (settings.some(isOwn)) return 'certain';
  const inner = settings.map((setting) => connectionFit(setting, rules));
  const surest = inner.reduce((one, other) => (isSurer(other, one) ? other : one), 'no');
  return surest === 'no' ? applicationFit(settings, rules) : surest;
}

/** The variables of an application are for an engine when they name it, or its usual port. */
function applicationFit<Parameter extends string>(
  settings: readonly WrittenSetting[],
  { product, usualPort }: EnvironmentRules<Parameter>,
): Fit {
  const named = settings.filter(({ name }) => productVariable.test(name));
  const isFor =
    named.length > 0
      ? named.some(({ value }) => product.test(value))
      : settings.some(({ name, value }) => /^DB_PORT$/i.test(name) && value === String(usualPort));
  return isFor ? 'certain' : 'no';
}

/** How surely the value of a variable is a whole connection text. */
function connectionFit<Parameter extends string>(
  { name, value }: WrittenSetting,
  rules: EnvironmentRules<Parameter>,
): Fit {
  if (isKnown(name, rules) || rules.isOtherName(name) || secretName.test(name)) return 'no';
  return spellingFor(rules.spellingsOfValues, value)?.fit(value) ?? 'no';
}

/** The one connection that the variables hold; null when there is none. */
function readInner<Parameter extends string>(
  connections: readonly WrittenSetting[],
  { spellingsOfValues }: EnvironmentRules<Parameter>,
): Gathered<Parameter> | null {
  const [text, ...others] = new Set(connections.map(({ value }) => value));
  if (text === undefined) return null;
  if (others.length > 0) {
    throw new ConnectionTextRefused('The text contains several connections', 'Paste only one of its lines.');
  }
  return spellingFor(spellingsOfValues, text)?.read(text) ?? null;
}

/** One assignment a line; an engine's own variables may share a line. */
function assignmentsOf<Parameter extends string>(
  text: string,
  rules: EnvironmentRules<Parameter>,
): WrittenSetting[] | null {
  const words = text.includes('\n') ? [] : knownWords(text, rules);
  return words.length > 1 ? words : splitAssignments(text);
}

function knownWords<Parameter extends string>(
  line: string,
  rules: EnvironmentRules<Parameter>,
): WrittenSetting[] {
  const begins = new RegExp(String.raw`^\s*(?:(?:export|set|env)\s+)?(?:${rules.prefixes}|DB_)`);
  if (!begins.test(line)) return [];
  const words = shellWords(line)
    .filter((word) => !/^(?:export|set|env)$/.test(word))
    .map((word) => word.split(/=(.*)/s));
  const isVariable = (name: string) => isKnown(name, rules) || productVariable.test(name);
  return words.every(([name = '', value]) => value !== undefined && isVariable(name))
    ? words.map(([name = '', value = '']) => ({ name, value }))
    : [];
}
