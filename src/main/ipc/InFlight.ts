import { type AppError, cancelledError } from '../base/AppError.ts';
import { invalidInput, rateLimited, windowGone } from './doorErrors.ts';

/** One running call. */
export interface Ticket {
  readonly signal: AbortSignal;
  /** The call has ended, well or badly; works any number of times. */
  end(): void;
}

interface Running {
  readonly controller: AbortController;
  readonly whileLocked: boolean;
}

/** Most calls and streams of one window at a time. */
const maxPerSenderCount = 1_000;

/**
 * The calls and streams that run now, by sender and call id. An id belongs to one call, never to a method, so
 * cancelling call A leaves call B of the same method alone.
 */
export class InFlight {
  readonly #bySender = new Map<number, Map<string, Running>>();

  /**
   * @param whileLocked whether locking the app leaves it running
   * @throws AppError INVALID_INPUT when the id is in use, RATE_LIMITED when the sender runs too many
   */
  begin(senderId: number, callId: string, whileLocked: boolean): Ticket {
    const calls = this.#callsOf(senderId);
    if (calls.has(callId)) throw invalidInput('The id of this call is already in use.');
    if (calls.size >= maxPerSenderCount) throw rateLimited();
    const controller = new AbortController();
    calls.set(callId, { controller, whileLocked });
    return {
      signal: controller.signal,
      end: () => {
        if (calls.get(callId)?.controller === controller) calls.delete(callId);
      },
    };
  }

  /** Aborts this call of this sender. Unknown and ended ids are ignored: the answer may have crossed the cancel. */
  cancel(senderId: number, callId: string): void {
    this.#bySender.get(senderId)?.get(callId)?.controller.abort(cancelledError());
  }

  /** Aborts everything of a window that reloaded, crashed or closed. */
  abandon(senderId: number): void {
    this.#abort(this.#bySender.get(senderId), windowGone());
    this.#bySender.delete(senderId);
  }

  /** Aborts everything of everybody. */
  abortAll(reason: AppError): void {
    for (const calls of this.#bySender.values()) this.#abort(calls, reason);
  }

  /** Aborts what may not run while the app is locked, of everybody. */
  abortForLock(reason: AppError): void {
    for (const calls of this.#bySender.values()) {
      for (const { controller, whileLocked } of calls.values()) if (!whileLocked) controller.abort(reason);
    }
  }

  #callsOf(senderId: number): Map<string, Running> {
    const existing = this.#bySender.get(senderId);
    if (existing !== undefined) return existing;
    const calls = new Map<string, Running>();
    this.#bySender.set(senderId, calls);
    return calls;
  }

  #abort(calls: ReadonlyMap<string, Running> | undefined, reason: AppError): void {
    for (const { controller } of calls?.values() ?? []) controller.abort(reason);
  }
}
