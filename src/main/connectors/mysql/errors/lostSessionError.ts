import type { AppError } from '../../../base/AppError.ts';
import {
  connectionLost,
  IdleTransaction,
  type LostMoment,
  type LostWords,
  lostSession,
  sessionUnused,
  transactionLeftOpen,
} from '../../sql/lostSession.ts';
import { errnoOf, wordsOf } from './serverWords.ts';

/** The session is gone. */
export const lostSessionError = (reason: unknown, moment: LostMoment): AppError =>
  lostSession(reason, moment, wordsFor(reason), wordsOf(reason));

const killed: LostWords = {
  title: 'The session was ended on the server',
  causes: ['An administrator or another program ended it (KILL).', 'The server is shutting down.'],
  fixes: ['Try again: Mooring opens a new connection.', 'Ask the administrator if it happens again.'],
};

const tooLong: LostWords = {
  title: 'The statement is too large for the server',
  causes: [
    'The statement, or a value in it, is larger than max_allowed_packet on the server. The server ended the session.',
  ],
  fixes: ['Send less at a time.', 'Ask the administrator to increase max_allowed_packet.'],
};

const byErrno: ReadonlyMap<number, LostWords> = new Map([
  [1053, killed],
  [1077, killed],
  [1079, killed],
  [1927, killed],
  [1153, tooLong],
  [4031, sessionUnused('wait_timeout')],
]);

function wordsFor(reason: unknown): LostWords {
  if (reason instanceof IdleTransaction) return transactionLeftOpen;
  return byErrno.get(errnoOf(reason) ?? 0) ?? connectionLost;
}
