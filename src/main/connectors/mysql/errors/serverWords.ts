import { shownWords } from '../../network/failures/serverWords.ts';
import type { ServerNames } from '../../sql/knownFailure.ts';
import { ServerError } from '../protocol/ServerError.ts';

/** The server's own words about an error, or the system's, on one line. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? shownWords(error.message) : '';
}

/** The server's number of an error; null for every other error. */
export function errnoOf(error: unknown): number | null {
  return error instanceof ServerError ? error.errno : null;
}

/** A plain name in quotes, or with its database in backticks. What has blanks in it may be a sentence between two quotes. */
const quotedNames = /'([\p{L}\p{N}_$.@%/-]+)'|`([^`\s]+)`(?:\.`([^`\s]+)`)?(?:\.`([^`\s]+)`)?/gu;

/** As long as an error of the server may be. */
const maxWordsLength = 2_000;

/**
 * What the server named: the first and the last name in quotes. Its errors have arguments by their number, in the same order
 * in every language, and no fields. They are shown, and never decide anything.
 */
export function namesOf(error: unknown): ServerNames {
  if (!(error instanceof ServerError)) return {};
  const names = [...error.message.slice(0, maxWordsLength).matchAll(quotedNames)].map((parts) =>
    parts
      .slice(1)
      .filter((part) => part !== undefined)
      .join('.'),
  );
  return { first: names.at(0), last: names.at(-1) };
}
