import { cleanText } from '../../../base/cleanText.ts';
import { shownWords, driverCodeOf as systemCodeOf } from '../../network/failures/serverWords.ts';
import { ServerError } from '../protocol/ServerError.ts';

/** The server's own words about an error, or the system's, on one line. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? shownWords(error.message) : '';
}

/** `1045 (28000)`, an errno or the name of a TLS failure; null where there is none. */
export function driverCodeOf(error: unknown): string | null {
  if (!(error instanceof ServerError)) return systemCodeOf(error);
  return error.sqlState === null ? `${error.errno}` : `${error.errno} (${cleanText(error.sqlState, 5)})`;
}

/** The server's number of an error; null for every other error. */
export function errnoOf(error: unknown): number | null {
  return error instanceof ServerError ? error.errno : null;
}
