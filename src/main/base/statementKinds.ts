import type { LexicalModes } from '../../shared/sql/SqlLanguage.ts';
import { isAppError } from './AppError.ts';

/**
 * What a statement is run for.
 * - `user`: what a person asked for.
 * - `catalogue`: Mooring reads what the server has, to show it.
 * - `health`: a sign of life is asked for.
 */
export const statementPurposes = ['user', 'catalogue', 'health'] as const;
export type StatementPurpose = (typeof statementPurposes)[number];

/** How a statement ended. A cancelled one is no error: somebody wanted it to end. */
export const statementOutcomes = ['ok', 'error', 'cancelled', 'timeout'] as const;
export type StatementOutcome = (typeof statementOutcomes)[number];

/** The outcome of a statement that failed. */
export function outcomeOf(error: unknown): Exclude<StatementOutcome, 'ok'> {
  if (!isAppError(error)) return 'error';
  if (error.code === 'QUERY_TIMEOUT') return 'timeout';
  return error.code === 'QUERY_CANCELLED' || error.code === 'CANCELLED' ? 'cancelled' : 'error';
}

/** What is known of the end of a statement that a person asked for, beside its outcome. */
export interface EndedStatement {
  readonly text: string;
  /** How the session has read it; absent: as sessions usually do. */
  readonly modes: LexicalModes | undefined;
  /** Rows that came or, where none come, that were changed. */
  readonly rowCount: number;
  /** The server's own code, or ours; null when it went well. */
  readonly errorCode: string | null;
}

/** The code by which people know an error: that of the server where it has one. */
export const shownCodeOf = (error: unknown): string =>
  isAppError(error) ? (error.driverCode ?? error.code) : 'INTERNAL';

/** Notes each statement that has ended; the one place where metrics, traces and query statistics hear of them. */
export interface StatementRecorder {
  /**
   * On the way of every statement: cheap, and never throws.
   * @param ended of a statement that is a person's own and was sent as it is; the values of its parameters are not in it
   */
  statement(
    durationMs: number,
    purpose: StatementPurpose,
    outcome: StatementOutcome,
    ended?: EndedStatement,
  ): void;
}
