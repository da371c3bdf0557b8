import type { ErrorAction } from '../../../shared/errors/errorActions.ts';
import { AppError } from '../../base/AppError.ts';
import { driverCodeOf } from '../network/failures/serverWords.ts';
import { WireFailure } from '../network/failures/WireFailure.ts';

/** About the session itself; about a statement that never reached the server; about one that did. */
export type LostMoment = 'ended' | 'not-sent' | 'running';

/** A transaction stayed open without a statement for too long, so that we ended its session. */
export class IdleTransaction extends Error {
  override readonly name = 'IdleTransaction';
}

/** Why a session ended, and what to do. */
export interface LostWords {
  readonly title: string;
  readonly causes: readonly string[];
  readonly fixes: readonly string[];
  readonly actions?: readonly ErrorAction[];
}

const tryAgain = 'Try again: Mooring opens a new connection.';

/** For everything that nobody knows more about. */
export const connectionLost: LostWords = {
  title: 'The connection to the server was lost',
  causes: [
    'The server was restarted, or an administrator ended the session.',
    'The network or the VPN was interrupted, or this computer was asleep.',
  ],
  fixes: [tryAgain],
};

export const transactionLeftOpen: LostWords = {
  title: 'A transaction was idle for too long',
  causes: ['The time limit expired, so the session was ended and the server rolled the transaction back.'],
  fixes: [
    'Run the transaction again and finish it sooner.',
    'Increase the idle transaction time-out of this data source.',
  ],
  actions: [{ action: 'open-limit', field: 'idleInTransactionSeconds' }],
};

/** @param setting of the server, with the limit for sessions that are not used */
export const sessionUnused = (setting: string): LostWords => ({
  title: 'The server ended an idle session',
  causes: [`The server allows sessions to be idle for a limited time only (${setting}).`],
  fixes: [tryAgain],
});

const advice: Readonly<Record<LostMoment, string>> = {
  ended: '',
  'not-sent': 'The statement was not sent.',
  running: 'The statement may or may not have run.',
};

/**
 * The session is gone.
 * @param words the engine's, for this reason
 * @param said the server's own words about it, on one line
 */
export function lostSession(reason: unknown, moment: LostMoment, words: LostWords, said: string): AppError {
  const isBroken = reason instanceof WireFailure && (reason.kind === 'protocol' || reason.kind === 'flood');
  const { title, causes, fixes, actions = [] } = words;
  return new AppError(isBroken ? 'PROTOCOL_ERROR' : 'CONNECTION_LOST', {
    title,
    detail: [advice[moment], said].filter((part) => part !== '').join(' '),
    causes,
    fixes: moment === 'running' ? ['Check whether the statement has run before you run it again.'] : fixes,
    actions,
    driverCode: driverCodeOf(reason),
    retryable: moment !== 'running' && !isBroken,
    cause: reason,
  });
}
