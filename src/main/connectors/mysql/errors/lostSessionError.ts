import { AppError } from '../../../base/AppError.ts';
import { driverCodeOf } from '../../network/failures/serverWords.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import { errnoOf, wordsOf } from './serverWords.ts';

/** A transaction stayed open without a statement for too long, and we ended its session. */
export class IdleTransaction extends Error {
  override readonly name = 'IdleTransaction';
}

/** About the session itself; about a statement that never reached the server; about one that did. */
export type LostMoment = 'ended' | 'not-sent' | 'running';

const advice: Readonly<Record<LostMoment, string>> = {
  ended: '',
  'not-sent': 'The statement was not sent.',
  running: 'The statement may or may not have run.',
};

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

const killed: Words = {
  title: 'The session was ended on the server',
  causes: ['An administrator or another program ended it (KILL).', 'The server is shutting down.'],
  fixes: ['Try again: Mooring opens a new connection.', 'Ask the administrator if it happens again.'],
};

const leftOpen: Words = {
  title: 'A transaction was idle for too long',
  causes: ['The time limit expired, so the session was ended and the server rolled the transaction back.'],
  fixes: [
    'Run the transaction again and finish it sooner.',
    'Increase the idle transaction time-out of this data source.',
  ],
};

const unused: Words = {
  title: 'The server ended an idle session',
  causes: ['The server allows sessions to be idle for a limited time only (wait_timeout).'],
  fixes: ['Try again: Mooring opens a new connection.'],
};

const tooLong: Words = {
  title: 'The statement is too large for the server',
  causes: [
    'The statement, or a value in it, is larger than max_allowed_packet on the server. The server ended the session.',
  ],
  fixes: ['Send less at a time.', 'Ask the administrator to increase max_allowed_packet.'],
};

const byErrno: ReadonlyMap<number, Words> = new Map([
  [1053, killed],
  [1077, killed],
  [1079, killed],
  [1927, killed],
  [1153, tooLong],
  [4031, unused],
]);

function wordsFor(reason: unknown): Words {
  if (reason instanceof IdleTransaction) return leftOpen;
  return byErrno.get(errnoOf(reason) ?? 0) ?? lost;
}
