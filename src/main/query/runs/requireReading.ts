import { isDeepStrictEqual } from 'node:util';
import type { LexicalModes, SqlLanguage } from '../../../shared/sql/SqlLanguage.ts';
import type { SqlConnection } from '../../connectors/Connection.ts';
import { readOtherwiseError } from './queryErrors.ts';
import type { ReadStatement } from './risks.ts';
import type { TabSession } from './TabSession.ts';

/** What else than quotes and backslashes may be, it does not depend on the modes. */
const dependsOnModes = /[\\"]/;

/**
 * Makes sure, just before a statement is sent, that the session reads it as it was read.
 * @returns how the session reads it
 * @throws INVALID_INPUT when it does not: what was asked before the run was about something else
 */
export async function requireReading(
  { text, modes: read }: ReadStatement,
  language: SqlLanguage,
  { connection, session, signal }: { connection: SqlConnection; session: TabSession; signal: AbortSignal },
): Promise<LexicalModes> {
  const modes = await connection.lexicalModes({ signal, purpose: 'part' });
  session.reads(modes);
  if (!isReadAlike(text, language.inModes(read), language.inModes(modes))) throw readOtherwiseError();
  return modes;
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
