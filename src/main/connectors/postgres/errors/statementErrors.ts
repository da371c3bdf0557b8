import type { ErrorCode } from '../../../../shared/errors/errorCodes.ts';
import { AppError, type AppErrorDetails } from '../../../base/AppError.ts';
import type { Statement } from '../../Connection.ts';
import { driverCodeOf } from '../../network/failures/serverWords.ts';
import {
  failureOfOurs,
  readOnlySourceWords,
  refusedWords,
  type ServerErrors,
  type StatementContext,
  timeoutWords,
} from '../../sql/statementFailures.ts';
import { lostSessionError } from './lostSessionError.ts';
import { positionOf, sqlStateOf, wordsOf } from './serverWords.ts';

/** How a statement came to its failure. */
export interface PostgresContext extends StatementContext {
  /** One of Mooring's own statements, in a read-only transaction. */
  readonly isOwn: boolean;
  /** Of the statement. */
  readonly text: string;
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

/** SQLSTATE of a statement that was cancelled, by whomever. */
const cancelled = '57014';

const server: ServerErrors = {
  wordsOf,
  isStopped: (error) => sqlStateOf(error) === cancelled,
  lostSessionError,
};

/** Explains why a statement failed. */
export function statementError(error: unknown, context: PostgresContext): AppError {
  const failure = failureOfOurs(error, context, server);
  if (failure !== null) return failure;
  const code = sqlStateOf(error) ?? '';
  if (code === cancelled) return serverCancelError(error, context);
  const known = code === '25006' ? readOnlyFailure(context) : bySqlState.get(code);
  const position = context.isOwn ? null : positionOf(error, context.text);
  const serverDetail = { detail: wordsOf(error), driverCode: driverCodeOf(error), position, cause: error };
  if (known !== undefined) return new AppError(known.code, { ...known.words, ...serverDetail });
  return new AppError('QUERY_FAILED', {
    ...refusedWords,
    retryable: rolledBackForNow.test(code),
    ...serverDetail,
  });
}

/** Two clocks do not run equally fast; NTP alone may slow one down by 0.05 %. */
const clockTolerance = 0.99;

/**
 * Nobody here asked for it. The server has one SQLSTATE for its time limit and for a cancel that somebody else asked for,
 * and tells them apart only in words of its own language. Before its limit has passed, it cannot have been the limit.
 */
function serverCancelError(error: unknown, { serverLimitMs, elapsedMs }: PostgresContext): AppError {
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

interface KnownFailure {
  readonly code: ErrorCode;
  readonly words: Pick<AppErrorDetails, 'title' | 'causes' | 'fixes' | 'retryable'> & {
    readonly title: string;
  };
}

/** Why the transaction could only read decides what can be done about it. */
function readOnlyFailure({ isOwn, isReadOnlySource }: PostgresContext): KnownFailure {
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
