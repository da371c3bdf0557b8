import { onAbort, withDeadline } from '../../../base/abort.ts';
import type { Clock } from '../../../base/Clock.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import type { Wire } from './openWire.ts';

/** Names one session of a server, and proves that whoever asks belongs to it. */
export interface BackendKey {
  readonly processId: number;
  readonly secretKey: number;
}

/** CancelRequest: length 16, code 80877102, then the key (PostgreSQL manual, "Message Formats"). */
function cancelMessage(key: BackendKey): Buffer {
  const message = Buffer.alloc(16);
  message.writeInt32BE(16, 0);
  message.writeInt32BE(80_877_102, 4);
  message.writeInt32BE(key.processId, 8);
  message.writeInt32BE(key.secretKey, 12);
  return message;
}

/**
 * Asks the server to cancel what the session runs, over a socket of its own that is protected like the session's: the
 * key would let anybody cancel its statements. Resolves when the server has dealt with it, which says nothing about
 * whether there was something to cancel.
 * @throws when the server could not be asked within `timeoutMs` or before the signal aborted: a cancel may then still arrive later
 */
export function requestCancel(
  reopen: Wire['reopen'],
  key: BackendKey,
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const timeout = () => new WireFailure('closed', 'The server did not accept the cancel request in time');
  return withDeadline(clock, signal, timeoutMs, timeout, async (bounded) => {
    const stream = await reopen(bounded);
    const listening = onAbort(bounded, () => stream.destroy());
    try {
      await new Promise<void>((resolve, reject) => {
        stream.once('error', reject).once('close', () => (bounded.aborted ? reject(timeout()) : resolve()));
        stream.resume();
        stream.write(cancelMessage(key));
      });
    } finally {
      listening.dispose();
      stream.destroy();
    }
  });
}
