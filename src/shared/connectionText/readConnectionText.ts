import { interpret } from '../engines/postgres/connectionText/interpret.ts';
import { postgresSpellings } from '../engines/postgres/connectionText/postgresSpellings.ts';
import { trimmedText } from '../model/visibleText.ts';
import { ConnectionTextRefused } from './ConnectionTextRefused.ts';
import type { ConnectionReading, RefusedText } from './reading.ts';

/** More than the longest password takes with every one of its characters encoded. */
const maxLength = 262_144;

/**
 * Reads a connection in any spelling that people paste: URL, libpq keywords, .NET, JDBC, environment variables, psql
 * command. It never throws, reads no file or variable, and what it reports never repeats any part of the text that could
 * be the password.
 */
export function readConnectionText(text: string): ConnectionReading | RefusedText {
  const bare = unwrapped(trimmedText(text));
  if (bare === '') return nothing;
  if (bare.length > maxLength) return tooLong;
  const spelling = postgresSpellings.find(({ recognises }) => recognises(bare));
  if (spelling === undefined) return notRecognised;
  try {
    return interpret(spelling.read(bare), spelling.label);
  } catch (error) {
    if (!(error instanceof ConnectionTextRefused)) throw error;
    return { ok: false, form: spelling.label, message: error.message, hint: error.hint };
  }
}

/** An address with a user, or a setting for a password, of whatever program. */
const credentials = /:\/\/[^\s/]*@|(?:password|passwd|pwd)\s*=/i;

/** Whether a text belongs where connection text is read, and in no field that is not secret. */
export function isConnectionText(text: string): boolean {
  return readConnectionText(text).ok || mayHoldPassword(text);
}

/** Whether a text looks as if a part of it were a password. */
export const mayHoldPassword = (text: string): boolean => credentials.test(text);

/** Without the quotes or brackets that a text was copied with. */
function unwrapped(text: string): string {
  const [, , quoted, bracketed] = /^(?:(["'`])([\s\S]*)\1[,;]?|<([^<>]*)>)$/.exec(text) ?? [];
  // Two quoted texts one after the other are no quoted text: `"name": "value"`.
  const isOne = quoted !== undefined && !quoted.includes(text.charAt(0));
  return trimmedText((isOne ? quoted : bracketed) ?? text);
}

const refused = (message: string, hint: string): RefusedText => ({ ok: false, form: null, message, hint });

const nothing = refused(
  'There is nothing to read',
  'Paste a URL such as postgresql://user@host:5432/database.',
);
const tooLong = refused('The text is too long', 'Paste only the connection text.');
const notRecognised = refused(
  'This is not the address of a PostgreSQL database',
  'It can be a URL, a JDBC URL, a .NET connection string, libpq keywords, a psql command or a line of an .env file.',
);
