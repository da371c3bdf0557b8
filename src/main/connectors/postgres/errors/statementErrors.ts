import { AppError } from '../../../base/AppError.ts';
import type { Statement } from '../../Connection.ts';
import { driverCodeOf } from '../../network/failures/serverWords.ts';
import { failed, type KnownFailure, titleOf } from '../../sql/knownFailure.ts';
import {
  failureOfOurs,
  readOnlySourceWords,
  refusedWords,
  type ServerErrors,
  type StatementContext,
  timeoutWords,
} from '../../sql/statementFailures.ts';
import { knownFailures } from './knownFailures.ts';
import { lostSessionError } from './lostSessionError.ts';
import { namesOf, positionOf, sqlStateOf, wordsOf } from './serverWords.ts';

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

/** SQLSTATE of a write in a transaction that only reads. */
const readOnly = '25006';

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
  const known = (code === readOnly ? readOnlyFailure(context) : null) ?? knownOf(code);
  const position = context.isOwn ? null : positionOf(error, context.text);
  return new AppError(known.code, {
    retryable: rolledBackForNow.test(code),
    ...known,
    title: titleOf(known, namesOf(error, context.text, position)),
    detail: wordsOf(error),
    driverCode: driverCodeOf(error),
    position,
    cause: error,
  });
}

/** Of a SQLSTATE that nothing is known of, the server's words are all there is. */
const knownOf = (code: string): KnownFailure =>
  knownFailures.get(code) ?? failed(refusedWords.title, [], refusedWords.fixes);

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
  const { code, ...words } = knownOf(cancelled);
  return new AppError(code, { ...base, ...words });
}

/** Why the transaction could only read decides what can be done about it; null when it is the server's doing. */
function readOnlyFailure({ isOwn, isReadOnlySource }: PostgresContext): KnownFailure | null {
  if (isOwn) return { code: 'READ_ONLY', ...readingChangesWords };
  return isReadOnlySource ? { code: 'READ_ONLY', ...readOnlySourceWords } : null;
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
