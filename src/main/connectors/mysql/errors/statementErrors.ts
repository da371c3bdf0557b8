import { AppError, isAppError } from '../../../base/AppError.ts';
import { driverCodeOf } from '../../network/failures/serverWords.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import type { Interruption } from '../statements/RunningStatement.ts';
import { lostSessionError } from './lostSessionError.ts';
import { mistakes } from './mistakes.ts';
import { obstacles } from './obstacles.ts';
import { errnoOf, wordsOf } from './serverWords.ts';

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
  readonly text: string;
}

/** What a statement has beside its text on the wire. */
const commandBytes = 1;

/**
 * Refuses what the server would end the session for.
 * @param limitBytes max_allowed_packet of the server; null when it is not known
 * @throws TOO_LARGE
 */
export function checkLength(text: string, limitBytes: number | null): void {
  if (limitBytes === null || text.length * maxBytesOfCharacter + commandBytes <= limitBytes) return;
  const bytes = Buffer.byteLength(text) + commandBytes;
  if (bytes <= limitBytes) return;
  throw new AppError('TOO_LARGE', {
    title: 'The statement is too large for the server (max_allowed_packet)',
    detail: `It has ${bytes.toLocaleString('en')} bytes; the server takes ${limitBytes.toLocaleString('en')}. It was not sent.`,
    fixes: ['Send less at a time.', 'Ask the administrator to increase max_allowed_packet.'],
  });
}

/** In UTF-8, for each of the units that a string counts. */
const maxBytesOfCharacter = 3;

/** Somebody stopped the session's work before the statement had its turn. */
export function notSentError(): AppError {
  return new AppError('CANCELLED', { title: 'Cancelled', detail: 'The statement was not sent.' });
}

/** Of a statement that KILL QUERY, or the server's own limit, ended. */
const errno = {
  interrupted: 1317,
  mariadbTimeout: 1969,
  mysqlTimeout: 3024,
  readOnlyTransaction: 1792,
  syntax: 1064,
} as const;
const stopped: ReadonlySet<number> = new Set([errno.interrupted, errno.mariadbTimeout, errno.mysqlTimeout]);

/** Explains why a statement failed. */
export function statementError(error: unknown, context: StatementContext): AppError {
  if (context.interruption !== null && isInterruptionOutcome(error, context)) {
    return interruptionError(error, context, context.interruption);
  }
  if (isTooLarge(error)) {
    return new AppError('TOO_LARGE', {
      ...tooLargeWords,
      detail: `${wordsOf(error)} The session was closed.`,
      cause: error,
    });
  }
  if (context.outcome === 'lost') return lostSessionError(error, 'running');
  if (isAppError(error)) return error;
  return serverRefusal(error, context);
}

function serverRefusal(error: unknown, context: StatementContext): AppError {
  const number = errnoOf(error) ?? 0;
  const serverDetail = { detail: wordsOf(error), driverCode: driverCodeOf(error), cause: error };
  if (number === errno.mysqlTimeout || number === errno.mariadbTimeout) {
    return new AppError('QUERY_TIMEOUT', { ...serverDetail, ...timeoutWords(context.serverLimitMs) });
  }
  if (number === errno.interrupted)
    return new AppError('QUERY_CANCELLED', { ...serverDetail, ...stoppedWords });
  if (number === errno.readOnlyTransaction && context.isReadOnlySource) {
    return new AppError('READ_ONLY', { ...serverDetail, ...readOnlySourceWords });
  }
  if (number === errno.syntax && delimiter.test(context.text)) {
    return new AppError('QUERY_FAILED', { ...serverDetail, ...delimiterWords });
  }
  const known = obstacles.get(number) ?? mistakes.get(number);
  if (known !== undefined) {
    const { code, ...words } = known;
    return new AppError(code, { ...serverDetail, ...words });
  }
  return new AppError('QUERY_FAILED', {
    title: 'The server could not run the statement',
    fixes: ["Read the server's message; it describes the problem."],
    ...serverDetail,
  });
}

/** After an interruption the server says so, or ends without an error, or the session was given up; else it is the real failure. */
function isInterruptionOutcome(error: unknown, context: StatementContext): boolean {
  return (
    context.outcome === 'lost' || error === null || stopped.has(errnoOf(error) ?? 0) || isTooLarge(error)
  );
}

function interruptionError(error: unknown, context: StatementContext, by: Interruption): AppError {
  const giveUp =
    context.outcome === 'lost'
      ? 'The cancel request did not get through, so the session was closed; the statement may still be running.'
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

const timeoutWords = (limitMs: number | null) => ({
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
});

const stoppedWords = {
  title: 'The statement was cancelled on the server',
  causes: ['An administrator or another program cancelled it (KILL QUERY).'],
  fixes: ['Ask the administrator before you run it again.'],
};

const tooLargeWords = {
  title: 'The result is too large to keep in memory',
  causes: ['It has very many rows, or very large values.'],
  fixes: ['Request fewer rows or columns.'],
};

const readOnlySourceWords = {
  title: 'This data source is marked read-only',
  causes: ['The statement would change the database.'],
  fixes: ['Remove the read-only mark from the data source if you want to write.'],
};

/** A line of the command-line client at the beginning of a line; in a string or comment it would not be a mistake of syntax. */
const delimiter = /^\s*delimiter\s+\S/im;

const delimiterWords = {
  title: 'DELIMITER is a command of the command-line client',
  causes: [
    'The server does not know DELIMITER: the mysql client uses it to find the end of a statement that contains semicolons.',
  ],
  fixes: [
    'Remove the DELIMITER lines and the delimiter at the end, and run the statement by itself: here it may contain semicolons.',
  ],
};
