import { isAppError } from '../../base/AppError.ts';
import { throwIfAborted, untilAborted } from '../../base/abort.ts';
import { OpenTransaction, type TransactionSession } from './OpenTransaction.ts';
import type { TransactionOptions, TransactionWork } from './Transaction.ts';
import { transactionLostError } from './transactionErrors.ts';

/**
 * Runs work as one transaction: all of it is committed, or nothing. When the signal aborts it is undone at once, even if
 * the work does not heed the signal; what the work sends after that is refused.
 * @throws TRANSACTION_LOST, CANCELLED, or what the work fails with
 */
export async function runTransaction<Value>(
  session: TransactionSession,
  signal: AbortSignal,
  work: TransactionWork<Value>,
  options: TransactionOptions,
): Promise<Value> {
  const transaction = await OpenTransaction.begin(session, options, signal);
  try {
    const value = await untilAborted(signal, work(transaction));
    throwIfAborted(signal);
    await transaction.commit();
    return value;
  } catch (error) {
    const wasLost = !session.connection.isUsable && !signal.aborted;
    await transaction.rollback();
    throw wasLost ? asLost(error) : error;
  }
}

/** Whatever the work made of it: its connection is gone, and that is to be seen. */
function asLost(error: unknown): unknown {
  const isTold = isAppError(error) && ['TRANSACTION_LOST', 'TRANSACTION_OVER'].includes(error.code);
  return isTold ? error : transactionLostError(error, 'not-sent');
}
