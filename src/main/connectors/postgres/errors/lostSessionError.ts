import type { AppError } from '../../../base/AppError.ts';
import { driverCodeOf } from '../../network/failures/serverWords.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import {
  connectionLost,
  IdleTransaction,
  type LostMoment,
  type LostWords,
  lostSession,
  sessionUnused,
  transactionLeftOpen,
} from '../../sql/lostSession.ts';
import { wordsOf } from './serverWords.ts';

/** The session is gone. */
export const lostSessionError = (reason: unknown, moment: LostMoment): AppError =>
  lostSession(reason, moment, wordsFor(reason), wordsOf(reason));

const tooLong: LostWords = {
  title: 'A transaction took longer than the server allows',
  causes: [
    'It exceeded the time limit (transaction_timeout), so the server ended the session and rolled the transaction back.',
  ],
  fixes: ['Ask the administrator to increase the limit for this user.'],
};

const flooded: LostWords = {
  title: 'The server sends too many unsolicited messages',
  causes: [
    'The statement raises a very large number of notices (RAISE NOTICE).',
    'The server, or a pooler or proxy in front of it, is faulty or hostile.',
  ],
  fixes: ['Raise fewer notices, or set client_min_messages to warning.', 'Ask the administrator.'],
};

function wordsFor(reason: unknown): LostWords {
  if (reason instanceof WireFailure && reason.kind === 'flood') return flooded;
  const code = driverCodeOf(reason);
  if (reason instanceof IdleTransaction || code === '25P03') return transactionLeftOpen;
  if (code === '25P04') return tooLong;
  return code === '57P05' ? sessionUnused('idle_session_timeout') : connectionLost;
}
