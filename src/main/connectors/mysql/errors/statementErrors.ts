import { AppError } from '../../../base/AppError.ts';
import { driverCodeOf } from '../../network/failures/serverWords.ts';
import { titleOf } from '../../sql/knownFailure.ts';
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
import { errnoOf, namesOf, wordsOf } from './serverWords.ts';
import { syntaxPosition } from './syntaxPosition.ts';

/** How a statement came to its failure. */
export interface MysqlContext extends StatementContext {
  /** As it was sent. */
  readonly text: string;
  /** Whether values were put into it, so that places in it are not those of the statement. */
  readonly isBound: boolean;
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

/** Of a statement that KILL QUERY, or the server's own limit, ended. */
const errno = {
  interrupted: 1317,
  mariadbTimeout: 1969,
  mysqlTimeout: 3024,
  readOnlyTransaction: 1792,
  syntax: 1064,
} as const;
const stopped: ReadonlySet<number> = new Set([errno.interrupted, errno.mariadbTimeout, errno.mysqlTimeout]);

const server: ServerErrors = {
  wordsOf,
  isStopped: (error) => stopped.has(errnoOf(error) ?? 0),
  lostSessionError,
};

/** Explains why a statement failed. */
export const statementError = (error: unknown, context: MysqlContext): AppError =>
  failureOfOurs(error, context, server) ?? serverRefusal(error, context);

function serverRefusal(error: unknown, context: MysqlContext): AppError {
  const number = errnoOf(error) ?? 0;
  const position =
    number === errno.syntax && !context.isBound && error instanceof Error
      ? syntaxPosition(error.message, context.text)
      : null;
  const serverDetail = { detail: wordsOf(error), driverCode: driverCodeOf(error), position, cause: error };
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
  const known = knownFailures.get(number);
  if (known !== undefined) {
    return new AppError(known.code, {
      ...serverDetail,
      ...known,
      title: titleOf(known, namesOf(error)),
    });
  }
  return new AppError('QUERY_FAILED', { ...refusedWords, ...serverDetail });
}

const stoppedWords = {
  title: 'The statement was cancelled on the server',
  causes: ['An administrator or another program cancelled it (KILL QUERY).'],
  fixes: ['Ask the administrator before you run it again.'],
};

/** A line of the command-line client at the beginning of a line; in a string or comment it would not be a mistake of syntax. */
const delimiter = /^[^\S\r\n]*delimiter\s+\S/im;

const delimiterWords = {
  title: 'DELIMITER is a command of the command-line client',
  causes: [
    'The server does not know DELIMITER: the mysql client uses it to find the end of a statement that contains semicolons.',
  ],
  fixes: [
    'Remove the DELIMITER lines and the delimiter at the end, and run the statement by itself: here it may contain semicolons.',
  ],
};
