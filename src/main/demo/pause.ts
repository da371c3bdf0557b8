import { abortReason, onAbort } from '../base/abort.ts';
import type { Clock } from '../base/Clock.ts';

/** Waits `delayMs`; rejects with the abort's reason as soon as the signal aborts. */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(delayMs, () => {
      listening.dispose();
      resolve();
    });
    const listening = onAbort(signal, () => {
      timer.cancel();
      reject(abortReason(signal));
    });
  });
}
