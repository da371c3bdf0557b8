import { abortReason, onAbort } from '../base/abort.ts';

/**
 * Waits for `work`, but no longer than until the signal aborts. For work that does not know the signal.
 * @throws the signal's reason, or what `work` rejects with
 */
export function untilAborted<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  return new Promise<Value>((resolve, reject) => {
    const listening = onAbort(signal, () => reject(abortReason(signal)));
    void work.then(resolve, reject).finally(() => listening.dispose());
  });
}
