import pg from 'pg';
import { cleanText, withoutSecret } from './cleanText.ts';

const maxWordsLength = 600;

/** The server's own words about an error, or the driver's, on one line and without the secret. */
export function wordsOf(error: unknown, secret: string | null = null): string {
  if (error instanceof pg.DatabaseError) {
    const { message, detail, hint } = error;
    const parts = [message, detail, hint].filter((part) => part !== undefined && part !== '');
    return cleanText(withoutSecret(parts.join(' – '), secret), maxWordsLength);
  }
  return error instanceof Error ? cleanText(withoutSecret(error.message, secret), maxWordsLength) : '';
}

/** SQLSTATE, errno or the name of a TLS failure; null where the driver gave none. */
export function driverCodeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return cleanText(error.code, 64);
}

/** The SQLSTATE of a server's answer; null for every other error. */
export function sqlStateOf(error: unknown): string | null {
  return error instanceof pg.DatabaseError ? driverCodeOf(error) : null;
}
