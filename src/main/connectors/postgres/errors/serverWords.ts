import pg from 'pg';
import { driverCodeOf, shownWords } from '../../network/failures/serverWords.ts';

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
