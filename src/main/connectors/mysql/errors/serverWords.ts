import { shownWords } from '../../network/failures/serverWords.ts';
import { ServerError } from '../protocol/ServerError.ts';

/** The server's own words about an error, or the system's, on one line. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? shownWords(error.message) : '';
}

/** The server's number of an error; null for every other error. */
export function errnoOf(error: unknown): number | null {
  return error instanceof ServerError ? error.errno : null;
}
