import { neverAborted } from '../../base/abort.ts';
import type { SqlConnection } from '../../connectors/Connection.ts';
import { explainFailure } from './explainFailure.ts';
import { commitRolledBackError, noTransactionError } from './queryErrors.ts';
import type { TabSession } from './TabSession.ts';

/**
 * Ends the transaction of a tab as its buttons do.
 * @param text the dialect's word for it
 * @throws TRANSACTION_OVER when none is open, or the commit could only roll back; TRANSACTION_LOST; what the server says
 */
export async function endTransaction(
  connection: SqlConnection,
  session: TabSession,
  text: string,
  how: 'commit' | 'rollback',
): Promise<void> {
  session.noted();
  const { holds, transaction } = session;
  if (transaction === 'none') throw noTransactionError();
  try {
    await connection.query({ text }, { signal: neverAborted });
  } catch (error) {
    const { isUsable } = connection;
    throw explainFailure(error, { traits: { transaction: how }, transaction, holds, isUsable });
  } finally {
    session.noted();
  }
  if (how === 'commit' && transaction === 'failed') throw commitRolledBackError();
}
