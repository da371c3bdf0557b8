import { AppError, isAppError } from '../../../base/AppError.ts';
import type { WriteFailure } from '../../TableWriter.ts';

/** Marks what is a row's fault although no statement has failed. */
class RefusedRows extends Error {
  override readonly name = 'RefusedRows';
}

/** @param detail the server's words, or ours @param errno of a warning */
export function rowsRefused(detail: string, errno: string | null): AppError {
  return new AppError('QUERY_FAILED', {
    title: 'The server would have changed or left out a value',
    detail,
    driverCode: errno,
    causes: ['A value does not fit its column, or the row breaks a rule of the table.'],
    fixes: ['Change the value in the source, or the column in the destination.'],
    cause: new RefusedRows(detail),
  });
}

/** Of values and of keys, constraints and triggers. */
const ofRows: ReadonlySet<number> = new Set([
  ...[1022, 1062, 1169, 1586],
  ...[1048, 1263, 1364],
  ...[1118, 1264, 1265, 1292, 1300, 1365, 1366, 1367, 1406, 1411, 1416, 1441, 1525, 1690],
  ...[1216, 1452, 3819, 4025],
  ...[1526, 1591, 1748, 1644],
  ...[3037, 3140, 3141, 3156, 3157, 3516, 3548, 3616, 3617, 3643, 3854, 3903, 4038, 4078, 4079],
]);

/** Locks, limits, ends of sessions, changes of the primary server. */
const transient: ReadonlySet<number> = new Set([
  ...[1020, 1205, 1213, 1412, 1614, 3058, 3572],
  ...[1040, 1041, 1203, 1226],
  ...[1047, 1053, 1077, 1079, 1158, 1159, 1160, 1161, 1317, 1927, 2006, 2013, 3100, 3101],
]);

/** Codes of errors that do not come from a statement's text or rows. */
const ofSessions: ReadonlySet<string> = new Set([
  'CONNECTION_LOST',
  'CONNECTION_RESET',
  'SERVER_SHUTTING_DOWN',
]);

export function judgeFailure(error: unknown): WriteFailure {
  if (!isAppError(error)) return 'other';
  if (error.cause instanceof RefusedRows || error.code === 'TOO_LARGE') return 'row';
  const errno = errnoOf(error);
  if (errno !== null && ofRows.has(errno)) return 'row';
  const isTransient = error.retryable || ofSessions.has(error.code);
  return isTransient || (errno !== null && transient.has(errno)) ? 'transient' : 'other';
}

/** The server's number of an error; null for one that is not the server's. */
export function errnoOf({ driverCode }: AppError): number | null {
  const [, digits] = /^(\d+)\b/.exec(driverCode ?? '') ?? [];
  return digits === undefined ? null : Number(digits);
}
