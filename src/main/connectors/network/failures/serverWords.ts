import { cleanText } from '../../../base/cleanText.ts';

const maxWordsLength = 600;
const maxCodeLength = 64;

/** A server's or the system's own words on one line, as they may be shown. */
export function shownWords(words: string, secret: string | null = null): string {
  return cleanText(withoutSecret(words, secret), maxWordsLength);
}

/** errno, the name of a TLS failure, or what else the driver calls it; null where it has no name. */
export function driverCodeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return cleanText(error.code, maxCodeLength);
}

/** Takes a secret out of a text, wherever it occurs. */
export function withoutSecret(text: string, secret: string | null): string {
  return secret === null || secret === '' ? text : text.replaceAll(secret, '•••');
}
