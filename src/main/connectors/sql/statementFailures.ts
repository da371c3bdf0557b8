import { AppError, isAppError } from '../../base/AppError.ts';
import { driverCodeOf } from '../network/failures/serverWords.ts';
import { WireFailure } from '../network/failures/WireFailure.ts';
import type { Interruption } from '../network/limits/StatementCancel.ts';
import type { LostMoment } from './lostSession.ts';

/** How a statement came to its failure. */
export interface StatementContext {
  /** `lost`: the session ended before the server was ready again. */
  readonly outcome: 'answered' | 'lost';
  readonly interruption: Interruption | null;
  readonly signal: AbortSignal;
  /** The limit that the server was given; null when there was none. */
  readonly serverLimitMs: number | null;
  /** Ours. */
  readonly timeoutMs: number;
  /** Since it was sent. */
  readonly elapsedMs: number;
  /** The data source is marked read-only. */
  readonly isReadOnlySource: boolean;
}

/** What an engine knows of its errors. */
export interface ServerErrors {
  /** The server's own words, on one line. */
  wordsOf(error: unknown): string;
  /** Whether this is how the server says that it stopped a statement. */
  isStopped(error: unknown): boolean;
  lostSessionError(reason: unknown, moment: LostMoment): AppError;
}

/** Somebody stopped the session's work before the statement had its turn. */
export function notSentError(): AppError {
  return new AppError('CANCELLED', { title: 'Cancelled', detail: 'The statement was not sent.' });
}

/** Why a statement failed, where it was not the server that refused it; null when it was. */
export function failureOfOurs(
  error: unknown,
  context: StatementContext,
  server: ServerErrors,
): AppError | null {
  const { interruption, outcome } = context;
  if (interruption !== null && isInterruptionOutcome(error, context, server)) {
    return interruptionError(error, context, interruption, server);
  }
  if (isTooLarge(error)) {
    return new AppError('TOO_LARGE', {
      ...tooLargeWords,
      detail: `${server.wordsOf(error)} The session was closed.`,
      cause: error,
    });
  }
  if (outcome === 'lost') return server.lostSessionError(error, 'running');
  return isAppError(error) ? error : null;
}

/**
 * After an interruption the server says that it stopped, or ends without an error, or the session was given up; anything
 * else is the real failure.
 */
function isInterruptionOutcome(error: unknown, { outcome }: StatementContext, server: ServerErrors): boolean {
  return error === null || outcome === 'lost' || server.isStopped(error) || isTooLarge(error);
}

function interruptionError(
  error: unknown,
  context: StatementContext,
  by: Interruption,
  { wordsOf }: ServerErrors,
): AppError {
  const giveUp =
    context.outcome === 'lost'
      ? 'The server did not confirm the cancel request, so the session was closed; the statement may still be running.'
      : 'The server has stopped it; the session can still be used.';
  const base = { detail: giveUp, driverCode: driverCodeOf(error), cause: error };
  if (by === 'size') {
    const detail = isTooLarge(error) ? `${wordsOf(error)} ${giveUp}` : giveUp;
    return new AppError('TOO_LARGE', { ...base, ...tooLargeWords, detail });
  }
  if (by === 'guard') {
    return new AppError('QUERY_TIMEOUT', { ...base, ...timeoutWords(context.timeoutMs) });
  }
  const reason: unknown = context.signal.reason;
  if (isAppError(reason) && reason.code !== 'CANCELLED') return reason;
  return new AppError('QUERY_CANCELLED', { ...base, title: 'The statement was cancelled' });
}

function isTooLarge(error: unknown): boolean {
  return error instanceof WireFailure && error.kind === 'too-large';
}

/** @param limitMs null: it is not known */
export const timeoutWords = (limitMs: number | null) => ({
  title:
    limitMs === null ? 'The statement took too long' : `The statement took longer than ${limitMs / 1_000} s`,
  causes: [
    'It has too much work to finish in that time.',
    'It was waiting for a lock held by another session.',
  ],
  fixes: [
    'Reduce the work: add a filter or limit the rows.',
    'Increase the query time-out of this data source.',
  ],
  actions: [{ action: 'open-limit', field: 'querySeconds' }, { action: 'open-activity' }] as const,
});

const tooLargeWords = {
  title: 'The result is too large to keep in memory',
  causes: ['It has very many rows, or very large values.'],
  fixes: ['Request fewer rows or columns.'],
};

export const readOnlySourceWords = {
  title: 'This data source is marked read-only',
  causes: ['The statement would change the database.'],
  fixes: ['Remove the read-only mark from the data source if you want to write.'],
  actions: [{ action: 'open-limit', field: 'readOnly' }] as const,
};

/** For an error that has no words of its own. */
export const refusedWords = {
  title: 'The server could not run the statement',
  // What the server said is beside it, and says more.
  fixes: [],
};
