import { AppError, isAppError } from '../base/AppError.ts';

/**
 * The connection ended inside of a transaction. It is never replaced: what ran before is gone with it.
 * @param commit whether the COMMIT was on its way: then nobody knows here whether the server got it
 */
export function transactionLostError(cause: unknown, commit: 'not-sent' | 'on-its-way'): AppError {
  const why = isAppError(cause) ? cause.message : 'The connection ended';
  const isUncertain = commit === 'on-its-way';
  return new AppError('TRANSACTION_LOST', {
    title: isUncertain
      ? 'The connection was lost while the transaction was committed'
      : 'The connection was lost inside of a transaction',
    detail: isUncertain
      ? `${why}. The COMMIT was on its way: it may have happened or not.`
      : `${why}. The server has undone the transaction: nothing of it was committed.`,
    causes: ['The server or the network ended the session, or the session waited too long.'],
    fixes: isUncertain
      ? ['Look at the data before you run it again: it may be there already.']
      : ['Run the whole transaction again.'],
    driverCode: isAppError(cause) ? cause.driverCode : null,
    cause,
  });
}

export function transactionOverError(): AppError {
  return new AppError('TRANSACTION_OVER', {
    title: 'The transaction has ended',
    detail: 'A statement came after its commit or rollback and was not sent.',
  });
}

/** A statement such as COMMIT ended the transaction from inside. */
export function transactionEndedInsideError(): AppError {
  return new AppError('TRANSACTION_OVER', {
    title: 'A statement ended the transaction before its time',
    detail: 'What ran after it was not part of the transaction, and took effect at once.',
    causes: ['The work ran COMMIT, ROLLBACK or a procedure that does.'],
    fixes: ['Take that statement out: the transaction is committed by itself when its work has ended.'],
  });
}
