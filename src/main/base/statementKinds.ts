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

/** Notes each statement that has ended; the one place where metrics, traces and query statistics hear of them. */
export interface StatementRecorder {
  /** On the way of every statement: cheap, and never throws. */
  statement(durationMs: number, purpose: StatementPurpose, outcome: StatementOutcome): void;
}
