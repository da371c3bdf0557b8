import { withDeadline } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import { WireFailure } from '../network/failures/WireFailure.ts';
import { cancelPatienceMs } from '../network/limits/StatementCancel.ts';
import type { OpenWire } from './openWire.ts';
import { type SessionRequest, startSession } from './startSession.ts';

const goodbyePatienceMs = 1_000;

/** The way to the server that a session took, and how it logs in there. */
export interface KillerRequest {
  /** Opens another connection to the same server. */
  readonly reopen: (signal: AbortSignal) => Promise<OpenWire>;
  readonly session: Omit<SessionRequest, 'setUp' | 'onAdmitted'>;
  /** The server's id of the session whose statement is to be killed. */
  readonly sessionId: number;
}

/**
 * Asks the server to stop what a session runs, over a connection of its own: the protocol has no other way. Resolves when
 * the server has dealt with it, which says nothing about whether there was something to stop. The log-in is the
 * session's own, with the same protection, and so is the limit of connections that the server grants.
 * @throws when the server could not be asked in time or before the signal aborted: a kill may then still arrive later
 */
export function killQuery(request: KillerRequest, clock: Clock, signal: AbortSignal): Promise<void> {
  const timeout = () => new WireFailure('closed', 'The server did not accept the cancel request in time');
  return withDeadline(clock, signal, cancelPatienceMs, timeout, async (bounded) => {
    const wire = await request.reopen(bounded);
    const { connection } = await startSession(
      wire,
      {
        ...request.session,
        setUp: [`KILL QUERY ${request.sessionId}`],
        onAdmitted: () => undefined,
      },
      bounded,
    );
    // Its goodbye is waited for by nobody.
    const patience = clock.after(goodbyePatienceMs, () => connection.stream.destroy());
    connection.once('end', () => patience.cancel());
    connection.end();
  });
}
