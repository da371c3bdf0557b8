import { abortReason, onAbort } from '../../base/abort.ts';

/** The outcome of `promise`, or the abort's reason as soon as the signal aborts; what the promise does then is unheard. */
export function untilAborted<Value>(signal: AbortSignal, promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const listening = onAbort(signal, () => reject(abortReason(signal)));
    promise.then(resolve, reject).finally(() => listening.dispose());
  });
}
