import type { HeldState, Risk } from '../../../shared/model/query.ts';
import { AppError, type AppErrorDetails } from '../../base/AppError.ts';

/** The person stopped it. Also what the signal of a run aborts with. */
export function queryCancelledError(): AppError {
  return new AppError('QUERY_CANCELLED', { title: 'The statement was cancelled' });
}

export function tabBusyError(): AppError {
  return new AppError('INVALID_INPUT', {
    title: 'A statement is already running in this tab',
    fixes: ['Wait until it has ended, or cancel it.', 'Run the other one in a tab of its own.'],
  });
}

export function transactionOpenError(): AppError {
  return new AppError('INVALID_INPUT', {
    title: 'A transaction is open in this session',
    fixes: ['Commit it or roll it back, then end the session.'],
  });
}

export function noTransactionError(): AppError {
  return new AppError('TRANSACTION_OVER', {
    title: 'No transaction is open in this tab',
    detail: 'There is nothing to commit or roll back.',
  });
}

/** COMMIT was wanted, but the transaction had failed: it was ended by rolling it back. */
export function commitRolledBackError(): AppError {
  return new AppError('TRANSACTION_OVER', {
    title: 'The transaction was rolled back',
    detail: 'One of its statements had failed, so nothing could be committed.',
    fixes: ['Correct the statement that failed, then run the whole transaction again.'],
  });
}

/** Beside it the person reads why each is asked about. */
const riskWords: Readonly<Record<Risk, string>> = {
  'every-row': 'It changes or deletes every row of a table.',
  drop: 'It drops something that cannot be brought back.',
  'production-write': 'It writes to a data source that is marked as production.',
};

/** @param risks those that nobody has agreed to */
export function consentRequiredError(risks: readonly Risk[]): AppError {
  return new AppError('CONSENT_REQUIRED', {
    title: 'Nothing was run: confirm it first',
    detail: risks.map((risk) => riskWords[risk]).join(' '),
  });
}

/** The session has other modes than the text was read with: what was cut out of the script may not be one statement. */
export function readOtherwiseError(): AppError {
  return new AppError('INVALID_INPUT', {
    title: 'The session reads this statement differently',
    detail:
      'It was not sent. Its quotes and backslashes mean something else in the session than they did in the editor.',
    causes: [
      'The session has another sql_mode or standard_conforming_strings than the editor knew of.',
      'A SET further up in the script has not run yet, or it failed.',
    ],
    fixes: ['Run the SET first, or run the statement again: the editor now reads it as the session does.'],
  });
}

export function parametersMissingError(names: readonly string[]): AppError {
  return new AppError('INVALID_INPUT', {
    title: names.length === 1 ? 'A parameter has no value' : 'Some parameters have no value',
    detail: `Nothing was run. Give a value for: ${names.slice(0, 20).join(', ')}.`,
  });
}

/** @param type what the value was said to be */
export function parameterInvalidError(name: string, type: string): AppError {
  return new AppError('INVALID_INPUT', {
    title: `The value of “${name}” is not a ${type}`,
    detail: 'Nothing was run.',
    fixes: ['Correct the value, or choose another type for it.'],
  });
}

export function noRowsError(): AppError {
  return new AppError('INVALID_INPUT', {
    title: 'This statement returns no rows',
    detail: 'It ran, but there was nothing to save.',
    fixes: ['Choose a statement that returns rows, such as SELECT.'],
  });
}

export function noFileChosenError(): AppError {
  return new AppError('COPY_REFUSED', {
    title: 'No file was chosen',
    detail: 'The COPY was not run.',
    fixes: ['Run it again and choose a file, or write the lines below the statement, closed by “\\.”.'],
  });
}

/** The server takes nothing in a failed transaction but its end, and does not say how to leave it. */
export function inFailedTransactionError(error: AppError): AppError {
  return changed(error, {
    actions: [{ action: 'roll-back' }],
    causes: ['An earlier statement of this transaction failed. Until it ends, the server runs nothing else.'],
    fixes: [
      'Roll back (or run ROLLBACK), then run the transaction again.',
      'COMMIT ends it too, but the server rolls it back as well.',
    ],
  });
}

const lostWords: Readonly<Record<Exclude<HeldState, 'transaction'>, string>> = {
  'temporary-table': 'temporary tables',
  setting: 'changed settings',
  listening: 'LISTEN channels',
  lock: 'locks',
  prepared: 'prepared statements',
};

/** What went with a session, in one sentence; empty when nobody misses anything. */
function lossesOf(holds: readonly HeldState[]): string {
  const names = holds.flatMap((state) => (state === 'transaction' ? [] : [lostWords[state]]));
  if (names.length === 0) return '';
  const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `Also gone with the session: ${list}.`;
}

/** The same error with what else the session took with it. */
export function withLosses(error: AppError, holds: readonly HeldState[]): AppError {
  const losses = lossesOf(holds);
  if (losses === '') return error;
  return changed(error, { detail: `${error.detail} ${losses}`.trim() });
}

/** The session of a tab ended while nothing ran in it. @param reason null: Mooring closed it */
export function sessionEndedError(reason: AppError | null): AppError {
  if (reason !== null) return reason;
  return new AppError('POOL_CLOSED', {
    title: 'The session of this tab was ended',
    causes: ['The data source was disconnected, edited or removed, or Mooring was locked.'],
    fixes: ['Run the statements again: Mooring opens a new session.'],
  });
}

/** Some of its words replaced; all else, and the code, as it was. */
function changed(error: AppError, words: Partial<AppErrorDetails>): AppError {
  const { code, message: title, detail, causes, fixes, actions, driverCode, retryable, position } = error;
  return new AppError(code, {
    ...{ title, detail, causes, fixes, actions, driverCode, retryable, position },
    ...words,
    cause: error,
  });
}
