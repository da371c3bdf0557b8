import type { HeldState, QuerySession } from '../../../shared/model/query.ts';
import type { StatementTraits } from '../../../shared/sql/SqlLanguage.ts';
import { isAppError } from '../../base/AppError.ts';
import { transactionLostError } from '../../sessions/transactions/transactionErrors.ts';
import { inFailedTransactionError, withLosses } from './queryErrors.ts';

/** How a session was when a statement was sent, and what became of it. */
export interface FailedStatement {
  readonly traits: Pick<StatementTraits, 'transaction'>;
  /** Before it ran. */
  readonly transaction: QuerySession['transaction'];
  readonly holds: readonly HeldState[];
  /** Whether the session is still there. */
  readonly isUsable: boolean;
}

/** A failure with what a person needs to know beside it: what became of the transaction, and how to leave one that failed. */
export function explainFailure(
  error: unknown,
  { traits, transaction, holds, isUsable }: FailedStatement,
): unknown {
  if (!isUsable) {
    const moment = traits.transaction === 'commit' ? 'on-its-way' : 'not-sent';
    const told = transaction === 'none' ? error : transactionLostError(error, moment);
    return isAppError(told) ? withLosses(told, holds) : told;
  }
  const isRefused = isAppError(error) && error.code === 'QUERY_FAILED' && transaction === 'failed';
  return isRefused ? inFailedTransactionError(error) : error;
}
