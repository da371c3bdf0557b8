import { setMaxListeners } from 'node:events';
import { cancelledError } from './AppError.ts';
import type { Clock } from './Clock.ts';

/** A controller whose signal any number may listen to at once: more than ten are no leak. */
export function unboundedController(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** A signal that never aborts, for callers that cannot be cancelled. */
export const neverAborted: AbortSignal = unboundedController().signal;

/** Throws CANCELLED (or the AppError given as the abort's reason) when the signal is aborted. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw abortReason(signal);
}

/** The reason of an aborted signal as an error to throw: the reason itself when it is an Error of ours, else CANCELLED. */
export function abortReason(signal: AbortSignal): unknown {
  const reason: unknown = signal.reason;
  return reason instanceof Error && reason.name === 'AppError' ? reason : cancelledError(reason);
}

/** Calls `work` once when the signal aborts (at once if it has already); `dispose` stops listening. */
export function onAbort(signal: AbortSignal, work: () => void): { dispose(): void } {
  if (signal.aborted) {
    work();
    return { dispose: () => undefined };
  }
  signal.addEventListener('abort', work, { once: true });
  return { dispose: () => signal.removeEventListener('abort', work) };
}

/**
 * Runs `work` with a signal that aborts when `signal` does or after `timeoutMs`, whichever is first; the timer and the
 * listener are gone when it returns.
 * @param timeoutError makes the error the work's signal aborts with at the deadline
 */
export async function withDeadline<Value>(
  clock: Clock,
  signal: AbortSignal,
  timeoutMs: number,
  timeoutError: () => Error,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const controller = new AbortController();
  const listening = onAbort(signal, () => controller.abort(abortReason(signal)));
  const timer = clock.after(timeoutMs, () => controller.abort(timeoutError()));
  try {
    return await work(controller.signal);
  } finally {
    timer.cancel();
    listening.dispose();
  }
}

/**
 * Waits for `work`, but no longer than until the signal aborts. For work that is shared or does not know the signal:
 * it goes on, unheard.
 * @throws the abort's reason, or what `work` rejects with
 */
export function untilAborted<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const listening = onAbort(signal, () => reject(abortReason(signal)));
    void work.then(resolve, reject).finally(() => listening.dispose());
  });
}

/** Waits until `work` has settled, but no longer than `limitMs`. Never rejects. */
export function settledWithin(clock: Clock, limitMs: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = clock.after(limitMs, resolve);
    const settled = (): void => {
      timer.cancel();
      resolve();
    };
    work.then(settled, settled);
  });
}

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
