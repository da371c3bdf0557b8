import { AppError, isAppError } from '../../base/AppError.ts';

/**
 * The connection ended inside of a transaction. It is never replaced: what ran before is gone with it.
 * @param commit whether the COMMIT was on its way: then nobody knows here whether the server got it
 */
export function transactionLostError(cause: unknown, commit: 'not-sent' | 'on-its-way'): AppError {
  const why = isAppError(cause) ? cause.message : 'The connection ended';
  const isUncertain = commit === 'on-its-way';
  return new AppError('TRANSACTION_LOST', {
    title: isUncertain
      ? 'The connection was lost during the commit'
      : 'The connection was lost during a transaction',
    detail: isUncertain
      ? `${why}. The COMMIT had been sent: it may or may not have taken effect.`
      : `${why}. The server has rolled the transaction back: nothing was committed.`,
    causes: ['The server or the network ended the session, or the session was idle for too long.'],
    fixes: isUncertain
      ? ['Check the data before you run it again: the changes may already be there.']
      : ['Run the whole transaction again.'],
    driverCode: isAppError(cause) ? cause.driverCode : null,
    cause,
  });
}

export function transactionOverError(): AppError {
  return new AppError('TRANSACTION_OVER', {
    title: 'The transaction has ended',
    detail: 'A statement followed the commit or rollback and was not sent.',
  });
}

/** A statement such as COMMIT ended the transaction from inside. */
export function transactionEndedInsideError(): AppError {
  return new AppError('TRANSACTION_OVER', {
    title: 'A statement ended the transaction too early',
    detail: 'Statements after it were not part of the transaction and took effect immediately.',
    causes: ['The transaction ran COMMIT, ROLLBACK or a procedure that does so.'],
    fixes: ['Remove that statement: the transaction is committed automatically when its work is finished.'],
  });
}
