import type { Duplex } from 'node:stream';
import { abortReason, onAbort } from '../../../base/abort.ts';
import { WireFailure } from '../failures/WireFailure.ts';

/**
 * Waits for one event of a socket, or its error, its end or the abort, whichever is first; no listener stays.
 * @param listen begins to wait; returns what stops it
 * @throws an errno, WireFailure (closed), or the abort's reason
 */
export function waitOnSocket<Value>(
  socket: Duplex,
  signal: AbortSignal,
  listen: (resolve: (value: Value) => void) => () => void,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onClose = () => onError(new WireFailure('closed', 'The server closed the connection.'));
    const done = () => {
      stopListening();
      listening.dispose();
      socket.off('error', onError).off('close', onClose).off('end', onClose);
    };
    const onError = (error: Error) => {
      done();
      reject(error);
    };
    socket.once('error', onError).once('close', onClose).once('end', onClose);
    const stopListening = listen((value) => {
      done();
      resolve(value);
    });
    const listening = onAbort(signal, () =>
      queueMicrotask(() => {
        done();
        reject(abortReason(signal));
      }),
    );
  });
}
