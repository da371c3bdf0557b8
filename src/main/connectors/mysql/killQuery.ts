import { withDeadline } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import { WireFailure } from '../network/failures/WireFailure.ts';
import { cancelPatienceMs } from '../network/limits/StatementCancel.ts';
import type { OpenWire } from './openWire.ts';
import { queryCommand } from './protocol/commandPackets.ts';
import { type Session, type SessionRequest, startSession } from './startSession.ts';

/** A kill that came before its statement had begun has no effect, so that it is repeated after this. */
const repeatMs = 200;
const goodbyePatienceMs = 1_000;

/** The way to the server that a session took, and how it logs in there. */
export interface KillerRequest {
  /** Opens another connection to the same server. */
  readonly reopen: (signal: AbortSignal) => Promise<OpenWire>;
  readonly session: Omit<SessionRequest, 'setUp' | 'waitsForSetUp' | 'onSetUp' | 'onAdmitted'>;
  /** The server's id of the session whose statement is to be killed. */
  readonly sessionId: number;
}

/**
 * Asks the server to stop what a session runs, over a connection of its own: the protocol has no other way. Asks again
 * until the statement has ended, and resolves when no kill is on its way any more. The log-in is the session's own, with
 * the same protection, and counts for the limit of connections that the server grants.
 * @param ended resolves when the statement is answered
 * @throws when the server could not be asked in time or before the signal aborted: a kill may then still arrive later
 */
export function killQuery(
  request: KillerRequest,
  clock: Clock,
  ended: Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const timeout = () => new WireFailure('closed', 'The server did not accept the cancel request in time');
  return withDeadline(clock, signal, cancelPatienceMs, timeout, async (bounded) => {
    const wire = await request.reopen(bounded);
    const kill = `KILL QUERY ${request.sessionId}`;
    const killer = await startSession(
      wire,
      { ...request.session, ...silent, setUp: [kill], waitsForSetUp: true },
      bounded,
    );
    try {
      while (!(await endsWithin(repeatMs, ended, clock))) await repeat(killer, kill, bounded);
    } finally {
      leave(killer, clock);
    }
  });
}

const silent = { onAdmitted: () => undefined, onSetUp: () => undefined };

function endsWithin(delayMs: number, ended: Promise<void>, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = clock.after(delayMs, () => resolve(false));
    void ended.then(() => {
      timer.cancel();
      resolve(true);
    });
  });
}

function repeat({ connection, answers }: Session, kill: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const { packets, answerSequence } = queryCommand(kill);
    const sink = {
      describe: () => undefined,
      row: () => undefined,
      complete: () => undefined,
      fail: reject,
    };
    const gone = () =>
      reject(new WireFailure('closed', 'The server closed the connection of the cancel request.'));
    connection.once('end', gone);
    signal.addEventListener('abort', gone, { once: true });
    answers.onAnswered(() => {
      connection.off('end', gone);
      signal.removeEventListener('abort', gone);
      resolve();
    });
    answers.expect([{ sequence: answerSequence, sink }]);
    connection.send([packets]);
    if (connection.stream.destroyed || signal.aborted) gone();
  });
}

/** Its goodbye is waited for by nobody. */
function leave({ connection }: Session, clock: Clock): void {
  const patience = clock.after(goodbyePatienceMs, () => connection.stream.destroy());
  connection.once('end', () => patience.cancel());
  connection.end();
}
