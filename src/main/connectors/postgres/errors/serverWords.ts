import pg from 'pg';
import { driverCodeOf, shownWords } from '../../network/failures/serverWords.ts';
import type { ServerNames } from '../../sql/knownFailure.ts';

/** What the server said in an answer of its own; null for every other error. */
export function answerWords(error: unknown): string | null {
  if (!(error instanceof pg.DatabaseError)) return null;
  const { message, detail, hint } = error;
  return [message, detail, hint].filter((part) => part !== undefined && part !== '').join(' – ');
}

/** The server's own words about an error, or the driver's, on one line. */
export function wordsOf(error: unknown): string {
  return shownWords(answerWords(error) ?? (error instanceof Error ? error.message : ''));
}

/** The SQLSTATE of a server's answer; null for every other error. */
export function sqlStateOf(error: unknown): string | null {
  return error instanceof pg.DatabaseError ? driverCodeOf(error) : null;
}

/**
 * Where in the text of a statement the server found the error, in UTF-16 units: it counts characters, from 1. Null for
 * one that it found somewhere else, such as in the body of a function.
 */
export function positionOf(error: unknown, text: string): number | null {
  if (!(error instanceof pg.DatabaseError) || error.position === undefined) return null;
  const character = Number(error.position);
  if (!Number.isSafeInteger(character) || character < 1) return null;
  let position = 0;
  for (let passed = 1; passed < character && position < text.length; passed += 1) {
    position += (text.codePointAt(position) ?? 0) > 0xff_ff ? 2 : 1;
  }
  return position;
}

/** A name as it is written in a statement, with what stands in front of it. */
const nameAhead =
  /(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)(?:\.(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*))*|\$\d+/uy;

/** Longest name that is looked at. */
const maxNameUnits = 300;

/**
 * What the server named: by the fields of its answer, and `at` by the place in the statement that it pointed at, where a
 * name stands. The statement is the person's own, so that what is shown of it is theirs, in every language of the server.
 */
export function namesOf(error: unknown, text: string, position: number | null): ServerNames {
  if (!(error instanceof pg.DatabaseError)) return {};
  const { table, column, constraint } = error;
  return { table, column, constraint, at: position === null ? null : nameAt(text, position) };
}

function nameAt(text: string, position: number): string | null {
  nameAhead.lastIndex = 0;
  return nameAhead.exec(text.slice(position, position + maxNameUnits))?.[0] ?? null;
}
