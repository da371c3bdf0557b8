import type { ErrorCode } from '../../../../shared/errors/errorCodes.ts';
import { AppError, type AppErrorDetails, isAppError } from '../../../base/AppError.ts';
import type { Statement } from '../../Connection.ts';
import { driverCodeOf } from '../../network/failures/serverWords.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import type { Interruption } from '../../network/limits/StatementCancel.ts';
import { lostSessionError } from './lostSessionError.ts';
import { sqlStateOf, wordsOf } from './serverWords.ts';

/** How a statement came to its failure. */
export interface StatementContext {
  /** `lost`: the session ended before the server was ready again. */
  readonly outcome: 'answered' | 'lost';
  readonly interruption: Interruption | null;
  readonly signal: AbortSignal;
  /** The limit that the server was given; null when a pooler refused it. */
  readonly serverLimitMs: number | null;
  /** Ours. */
  readonly timeoutMs: number;
  /** Since it was sent. */
  readonly elapsedMs: number;
  /** One of Mooring's own statements, in a read-only transaction. */
  readonly isOwn: boolean;
  /** The data source is marked read-only. */
  readonly isReadOnlySource: boolean;
}

/** Bind counts its values in 16 bits. */
const maxValueCount = 65_535;

/**
 * Refuses what would not arrive at the server as it is written here: a NUL ends the text on the wire, so that the server
 * would run its first part.
 * @throws INVALID_INPUT
 */
export function checkStatement({ text, values = [] }: Statement): void {
  if (text.includes('\0') || values.some((value) => typeof value === 'string' && value.includes('\0'))) {
    throw new AppError('INVALID_INPUT', {
      title: 'The statement contains a NUL character, which PostgreSQL does not allow',
    });
  }
  if (values.length > maxValueCount) {
    throw new AppError('INVALID_INPUT', {
      title: `A statement cannot have more than ${maxValueCount} values`,
    });
  }
}

/**
 * The server undid the statement and says that it stood in the way of others, or lacked something for a moment. All other
 * failures may have had an effect, or come again.
 */
const rolledBackForNow = /^(?:40001|40P01|53|55)/;

/** Somebody stopped the session's work before the statement had its turn. */
export function notSentError(): AppError {
  return new AppError('CANCELLED', { title: 'Cancelled', detail: 'The statement was not sent.' });
}

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
  const code = sqlStateOf(error) ?? '';
  if (code === '57014') return serverCancelError(error, context);
  const known = code === '25006' ? readOnlyFailure(context) : bySqlState.get(code);
  const serverDetail = { detail: wordsOf(error), driverCode: driverCodeOf(error), cause: error };
  if (known !== undefined) return new AppError(known.code, { ...known.words, ...serverDetail });
  return new AppError('QUERY_FAILED', {
    title: 'The server could not run the statement',
    fixes: ["Read the server's message; it describes the problem."],
    retryable: rolledBackForNow.test(code),
    ...serverDetail,
  });
}

/**
 * After an interruption the server answers 57014, or the session was given up, or what was left of a stream went unread;
 * anything else is the real failure.
 */
function isInterruptionOutcome(error: unknown, context: StatementContext): boolean {
  return error === null || context.outcome === 'lost' || sqlStateOf(error) === '57014' || isTooLarge(error);
}

function interruptionError(error: unknown, context: StatementContext, by: Interruption): AppError {
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

/** Two clocks do not run equally fast; NTP alone may slow one down by 0.05 %. */
const clockTolerance = 0.99;

/**
 * Nobody here asked for it. The server has one SQLSTATE for its time limit and for a cancel that somebody else asked for,
 * and tells them apart only in words of its own language. Before its limit has passed, it cannot have been the limit.
 */
function serverCancelError(error: unknown, { serverLimitMs, elapsedMs }: StatementContext): AppError {
  const base = { detail: wordsOf(error), driverCode: driverCodeOf(error), cause: error };
  if (serverLimitMs !== null && elapsedMs >= serverLimitMs * clockTolerance) {
    return new AppError('QUERY_TIMEOUT', { ...base, ...timeoutWords(serverLimitMs) });
  }
  return new AppError('QUERY_CANCELLED', {
    ...base,
    title: 'The statement was cancelled on the server',
    causes: [
      'An administrator or another program cancelled it (pg_cancel_backend).',
      'The session has a shorter time limit than this data source (statement_timeout).',
    ],
    fixes: [
      "Read the server's message; it gives the reason.",
      'Ask the administrator before you run it again.',
    ],
  });
}

const timeoutWords = (limitMs: number) => ({
  title: `The statement took longer than ${limitMs / 1_000} s`,
  causes: [
    'It has too much work to finish in that time.',
    'It was waiting for a lock held by another session.',
  ],
  fixes: [
    'Reduce the work: add a filter or limit the rows.',
    'Increase the query time-out of this data source.',
  ],
});

const tooLargeWords = {
  title: 'The result is too large to keep in memory',
  causes: ['It has very many rows, or very large values.'],
  fixes: ['Request fewer rows or columns.'],
};

interface KnownFailure {
  readonly code: ErrorCode;
  readonly words: Pick<AppErrorDetails, 'title' | 'causes' | 'fixes' | 'retryable'> & {
    readonly title: string;
  };
}

/** Why the transaction could only read decides what can be done about it. */
function readOnlyFailure({ isOwn, isReadOnlySource }: StatementContext): KnownFailure {
  const code = 'READ_ONLY';
  if (isOwn) return { code, words: readingChangesWords };
  return { code, words: isReadOnlySource ? readOnlySourceWords : readOnlyServerWords };
}

/**
 * Browsing has no side effects, on any data source: a sequence that a view advances stays advanced, even after a rollback.
 * So such a view is not read, and is explained instead.
 */
const readingChangesWords = {
  title: 'Reading this would change the database',
  causes: [
    'It calls a function that writes, or that advances a sequence (nextval).',
    'Mooring uses read-only transactions for browsing, so that viewing data never changes it.',
  ],
  fixes: [
    "Read the server's message; it names what was refused.",
    'Run the query as a statement of your own if you want the change.',
  ],
};

const readOnlySourceWords = {
  title: 'This data source is marked read-only',
  causes: ['The statement would change the database.'],
  fixes: ['Remove the read-only mark from the data source if you want to write.'],
};

const readOnlyServerWords = {
  title: 'This session is read-only',
  causes: [
    'The server is a standby.',
    'The transaction, the user, the database or the server is set to read-only (default_transaction_read_only).',
  ],
  fixes: ['Connect to the primary server.', 'Ask the administrator whether you have permission to write.'],
};

const bySqlState: ReadonlyMap<string, KnownFailure> = new Map([
  [
    '42501',
    {
      code: 'PERMISSION_DENIED',
      words: {
        title: 'The user of this data source is not allowed to do this',
        causes: ["A privilege is missing; the server's message names the object."],
        fixes: ['Ask the administrator for the privilege, such as GRANT SELECT.'],
      },
    },
  ],
  [
    '55P03',
    {
      code: 'QUERY_TIMEOUT',
      words: {
        title: 'The statement waited too long for a lock',
        causes: ['Another session holds a lock on the same rows or table.'],
        fixes: ['Try again in a moment.', 'Find the session that holds the lock.'],
        retryable: true,
      },
    },
  ],
]);

function isTooLarge(error: unknown): boolean {
  return error instanceof WireFailure && error.kind === 'too-large';
}
