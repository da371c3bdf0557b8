import type pg from 'pg';
import type { ConnectFailureKind } from './connectFailures.ts';

/**
 * Poolers and proxies (PgBouncer, Neon, Azure) have one SQLSTATE for nearly every refusal, and none of the fields that
 * PostgreSQL sends. Their texts are all there is to go by; they are constants of their source code, in English only.
 */
const answers: readonly (readonly [RegExp, ConnectFailureKind])[] = [
  [/sslmode|SSL connection is required|connection is insecure|SSL required/i, 'tlsRequired'],
  [/too many (?:connections|clients)|no more connections allowed/i, 'tooManyConnections'],
  [/no such database/i, 'databaseUnknown'],
  [/no such user/i, 'passwordWrong'],
  [/\bdefault_transaction_read_only\b/, 'poolerParameter'],
];

/** What a pooler refused a session for; null when it is not known, or when PostgreSQL itself answered. */
export function poolerAnswerKind(error: pg.DatabaseError): ConnectFailureKind | null {
  // PostgreSQL names the routine that complained, in every version and language.
  if (error.routine !== undefined) return null;
  return answers.find(([text]) => text.test(error.message))?.[1] ?? null;
}
