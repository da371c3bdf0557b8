import type { ErrorCode } from '../../../../shared/errors/errorCodes.ts';
import { isAppError } from '../../../base/AppError.ts';
import type { WriteFailure } from '../../TableWriter.ts';

/**
 * Bad data and broken constraints, checks of views, rows or index entries that are too large, and what a trigger raises:
 * another row may pass.
 */
const rowIsAtFault = /^(?:2[23]|44|54000|P0001)/;

/**
 * The connection broke, a deadlock or a conflict of transactions was resolved against us, something is missing for a
 * moment, a lock was not to be had, or the server goes down or comes up. A limit on idle transactions (25P03) ends a session
 * whose process was stopped.
 */
const willPass = /^(?:08|40001|40P01|53|55P03|57P0[1235]|25P0[34])/;

const lostCodes: ReadonlySet<ErrorCode> = new Set([
  'CONNECTION_LOST',
  'CONNECTION_RESET',
  'SERVER_STARTING',
  'SERVER_SHUTTING_DOWN',
  'TOO_MANY_CONNECTIONS',
]);

/** What the error of a statement that writes means for its rows. */
export function judgeFailure(error: unknown): WriteFailure {
  if (!isAppError(error)) return 'other';
  if (lostCodes.has(error.code)) return 'transient';
  const state = error.driverCode ?? '';
  if (willPass.test(state)) return 'transient';
  return rowIsAtFault.test(state) ? 'row' : 'other';
}
