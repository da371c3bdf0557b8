import { splitAssignments } from '../../../connectionText/assignments.ts';
import { ConnectionTextRefused } from '../../../connectionText/ConnectionTextRefused.ts';
import { shellWords } from '../../../connectionText/shellWords.ts';
import type { Spelling } from '../../../connectionText/spelling.ts';
import {
  type Gathered,
  gather,
  type WrittenSetting,
  withFallback,
} from '../../../connectionText/vocabulary.ts';
import { jdbcSpelling } from './jdbcSpelling.ts';
import { dotnetSpelling, keywordSpelling } from './listSpellings.ts';
import { urlSpelling } from './urlSpelling.ts';
import {
  dotnetVocabulary,
  environmentVocabulary,
  keywordVocabulary,
  type PostgresParameter,
} from './vocabularies.ts';

/** What the value of a variable can be. */
const spellingsOfValues = [urlSpelling, jdbcSpelling, dotnetSpelling, keywordSpelling];

const isKnownVariable = (name: string) =>
  environmentVocabulary.rows.has(environmentVocabulary.normalName(name));

/** Names of other lists: `host=…` begins a list of keywords and is no variable. */
const isOtherName = (name: string) =>
  [keywordVocabulary, dotnetVocabulary].some(({ rows, normalName }) => rows.has(normalName(name)));

const beginsWithKnownVariable = /^\s*(?:(?:export|set|env)\s+|\$env:)?(?:PG[A-Z_]+|POSTGRES_[A-Z]+)\s*=/;

/** `DATABASE_URL="postgres://…"` as in `.env` files and shells, and libpq's own variables: `PGHOST=… PGUSER=…`. */
export const environmentSpelling: Spelling<PostgresParameter> = {
  label: 'environment variables',
  recognises: (text) => beginsWithKnownVariable.test(text) || holdsConnection(text),
  read(text) {
    const settings = assignmentsOf(text) ?? [];
    const variables = gather(
      settings.filter((setting) => !isConnection(setting)),
      environmentVocabulary,
    );
    const inner = readInner(settings.filter(isConnection));
    return inner === null ? variables : withFallback(inner, variables);
  },
};

function holdsConnection(text: string): boolean {
  try {
    return assignmentsOf(text)?.some((one) => isConnection(one) || isKnownVariable(one.name)) ?? false;
  } catch {
    return false;
  }
}

const spellingOf = (value: string) => spellingsOfValues.find(({ recognises }) => recognises(value));

/** Whether the value of a variable is a whole connection text. */
const isConnection = ({ name, value }: WrittenSetting): boolean =>
  !isKnownVariable(name) && !isOtherName(name) && spellingOf(value) !== undefined;

/** The one connection that the variables hold; null when there is none. */
function readInner(connections: readonly WrittenSetting[]): Gathered<PostgresParameter> | null {
  const [text, ...others] = new Set(connections.map(({ value }) => value));
  if (text === undefined) return null;
  if (others.length > 0) {
    throw new ConnectionTextRefused('The text contains several connections', 'Paste only one of its lines.');
  }
  return spellingOf(text)?.read(text) ?? null;
}

/** One assignment a line; variables of libpq may share a line. */
function assignmentsOf(text: string): WrittenSetting[] | null {
  const words = text.includes('\n') ? [] : knownWords(text);
  return words.length > 1 ? words : splitAssignments(text);
}

function knownWords(line: string): WrittenSetting[] {
  if (!/^\s*(?:(?:export|set|env)\s+)?(?:PG|POSTGRES_)/.test(line)) return [];
  const words = shellWords(line)
    .filter((word) => !/^(?:export|set|env)$/.test(word))
    .map((word) => word.split(/=(.*)/s));
  return words.every(([name = '', value]) => value !== undefined && isKnownVariable(name))
    ? words.map(([name = '', value = '']) => ({ name, value }))
    : [];
}
