import { isDeepStrictEqual } from 'node:util';
import type { LexicalModes, SqlLanguage } from '../../../shared/sql/SqlLanguage.ts';
import type { SqlConnection } from '../../connectors/Connection.ts';
import { readOtherwiseError } from './queryErrors.ts';
import type { ReadStatement } from './risks.ts';
import type { TabSession } from './TabSession.ts';

/** What else than quotes and backslashes may be, it does not depend on the modes. */
const dependsOnModes = /[\\"]/;

/**
 * How the session reads a statement, as it is just before the statement is sent.
 * @throws INVALID_INPUT when that is not how it was read when it was cut out of its script: what was asked before the run
 *   was about something else
 */
export async function readingOf(
  { text, modes: read }: ReadStatement,
  language: SqlLanguage,
  { connection, session, signal }: { connection: SqlConnection; session: TabSession; signal: AbortSignal },
): Promise<SqlLanguage> {
  const modes = await connection.lexicalModes({ signal, purpose: 'part' });
  session.reads(modes);
  const now = language.inModes(modes);
  if (isReadAlike(text, language.inModes(read), now)) return now;
  throw readOtherwiseError();
}

function isReadAlike(text: string, before: SqlLanguage, now: SqlLanguage): boolean {
  if (areSame(before.modes, now.modes) || !dependsOnModes.test(text)) return true;
  return isDeepStrictEqual(summaryOf(text, before), summaryOf(text, now));
}

/** What is decided by reading a statement: that it is one, what it asks for, and what it does. */
function summaryOf(text: string, language: SqlLanguage) {
  const ends = language.statements(text).map(({ from, to }) => [from, to]);
  return { ends, parameters: language.parameters(text), traits: language.traits(text) };
}

const areSame = (one: LexicalModes, other: LexicalModes): boolean =>
  one.backslashEscapes === other.backslashEscapes && one.quotedNames === other.quotedNames;
