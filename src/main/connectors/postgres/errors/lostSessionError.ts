import { AppError } from '../../../base/AppError.ts';
import { driverCodeOf } from '../../network/failures/serverWords.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import { wordsOf } from './serverWords.ts';

/** About the session itself; about a statement that never reached the server; about one that did. */
export type LostMoment = 'ended' | 'not-sent' | 'running';

const advice: Readonly<Record<LostMoment, string>> = {
  ended: '',
  'not-sent': 'The statement was not sent.',
  running: 'The statement may or may not have run.',
};

/** A transaction stayed open without a statement for too long, so that we ended the session. */
export class LeftOpen extends Error {
  override readonly name = 'LeftOpen';
}

/** The session is gone. */
export function lostSessionError(reason: unknown, moment: LostMoment): AppError {
  const isBroken = reason instanceof WireFailure && (reason.kind === 'protocol' || reason.kind === 'flood');
  const { title, causes, fixes } = wordsFor(reason);
  return new AppError(isBroken ? 'PROTOCOL_ERROR' : 'CONNECTION_LOST', {
    title,
    detail: [advice[moment], wordsOf(reason)].filter((part) => part !== '').join(' '),
    causes,
    fixes: moment === 'running' ? ['Check whether the statement has run before you run it again.'] : fixes,
    driverCode: driverCodeOf(reason),
    retryable: moment !== 'running' && !isBroken,
    cause: reason,
  });
}

interface Words {
  readonly title: string;
  readonly causes: readonly string[];
  readonly fixes: readonly string[];
}

const lost: Words = {
  title: 'The connection to the server was lost',
  causes: [
    'The server was restarted, or an administrator ended the session.',
    'The network or the VPN was interrupted, or this computer was asleep.',
  ],
  fixes: ['Try again: Mooring opens a new connection.'],
};

const leftOpen: Words = {
  title: 'A transaction was idle for too long',
  causes: ['The time limit expired, so the session was ended and the server rolled the transaction back.'],
  fixes: [
    'Run the transaction again and finish it sooner.',
    'Increase the idle transaction time-out of this data source.',
  ],
};

const tooLong: Words = {
  title: 'A transaction took longer than the server allows',
  causes: [
    'It exceeded the time limit (transaction_timeout), so the server ended the session and rolled the transaction back.',
  ],
  fixes: ['Ask the administrator to increase the limit for this user.'],
};

const unused: Words = {
  title: 'The server ended an idle session',
  causes: ['The server allows sessions to be idle for a limited time only (idle_session_timeout).'],
  fixes: ['Try again: Mooring opens a new connection.'],
};

const flooded: Words = {
  title: 'The server sends too many unsolicited messages',
  causes: [
    'The statement raises a very large number of notices (RAISE NOTICE).',
    'The server, or a pooler or proxy in front of it, is faulty or hostile.',
  ],
  fixes: ['Raise fewer notices, or set client_min_messages to warning.', 'Ask the administrator.'],
};

function wordsFor(reason: unknown): Words {
  if (reason instanceof WireFailure && reason.kind === 'flood') return flooded;
  const code = driverCodeOf(reason);
  if (reason instanceof LeftOpen || code === '25P03') return leftOpen;
  if (code === '25P04') return tooLong;
  return code === '57P05' ? unused : lost;
}
