import type { EventEmitter } from 'node:events';
import { abortReason, onAbort } from './abort.ts';

/**
 * Waits until a program and its children have closed their output. When the signal aborts, it is killed.
 * @param child as `spawn` returns it, with its events still to come
 * @returns its exit code; null when a signal ended it
 * @throws Node's error when it could not be started, or the abort's reason once it has ended
 */
export function programEnd(
  child: Pick<EventEmitter, 'once'>,
  signal: AbortSignal,
  kill: () => void,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const listening = onAbort(signal, kill);
    child.once('error', (error: Error) => {
      listening.dispose();
      reject(error);
    });
    child.once('close', (exitCode: number | null) => {
      listening.dispose();
      if (signal.aborted) reject(abortReason(signal));
      else resolve(exitCode);
    });
  });
}
