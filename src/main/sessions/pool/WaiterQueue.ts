import { abortReason, neverAborted, onAbort } from '../../base/abort.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { Disposable } from '../../base/Emitter.ts';
import type { Borrower, Lease } from './Lease.ts';

/** Callers that may wait at once; the next one fails right away instead of waiting for nothing. */
export const maxWaiters = 1_000;

/** A caller in the queue: take it out with `shift`, then settle it. */
export interface Waiter {
  readonly borrower: Borrower;
  /** When it asked, in monotonic milliseconds. */
  readonly sinceMs: number;
  readonly resolve: (lease: Lease) => void;
  readonly reject: (error: unknown) => void;
}

/** A place in the queue; a class, because one is made for each waiting caller. */
class Place implements Waiter {
  readonly signal: AbortSignal;
  readonly sinceMs: number;
  readonly borrower: Borrower;
  readonly resolve: (lease: Lease) => void;
  readonly reject: (error: unknown) => void;
  previous: Place | null = null;
  next: Place | null = null;
  isQueued = true;

  constructor(
    signal: AbortSignal,
    sinceMs: number,
    borrower: Borrower,
    resolve: Waiter['resolve'],
    reject: Waiter['reject'],
  ) {
    this.signal = signal;
    this.sinceMs = sinceMs;
    this.borrower = borrower;
    this.resolve = resolve;
    this.reject = reject;
  }
}

export interface WaiterQueueOptions {
  readonly clock: Clock;
  /** The longest wait, the same for all: so the first in the queue is also the first that is late. */
  readonly timeoutMs: number;
  /** Made for each caller who waited too long, while all of them still count as waiting. */
  readonly timeoutError: () => unknown;
}

/**
 * Callers waiting for a connection, first come first served. One timer watches over all of them: it is set for the
 * first, and when it is due it fails those that are late and is set again. A caller who is served cancels nothing.
 */
export class WaiterQueue {
  readonly #options: WaiterQueueOptions;
  #timeoutMs: number;
  readonly #aborts = new AbortGroups<Place>((place) => this.#abort(place));
  #first: Place | null = null;
  #last: Place | null = null;
  #size = 0;
  #timer: Timer | null = null;

  constructor(options: WaiterQueueOptions) {
    this.#options = options;
    this.#timeoutMs = options.timeoutMs;
  }

  get size(): number {
    return this.#size;
  }

  /** When the caller who waits longest asked, in monotonic milliseconds; null when none waits. */
  get waitingSinceMs(): number | null {
    return this.#first?.sinceMs ?? null;
  }

  /** Another longest wait, also for those who wait already. */
  configure(timeoutMs: number): void {
    this.#timeoutMs = timeoutMs;
    if (this.#timer === null) return;
    this.#timer.cancel();
    this.#wake();
  }

  /**
   * Waits for a connection.
   * @throws what the queue or its owner rejects with; the signal's reason when it aborts
   */
  wait(signal: AbortSignal, sinceMs: number, borrower: Borrower): Promise<Lease> {
    return new Promise((resolve, reject) => {
      const place = new Place(signal, sinceMs, borrower, resolve, reject);
      this.#append(place);
      if (signal !== neverAborted) this.#aborts.add(signal, place);
      if (this.#timer === null) this.#sleep(this.#timeoutMs);
    });
  }

  /** Takes out the caller who waits longest; null when none waits. */
  shift(): Waiter | null {
    const first = this.#first;
    if (first !== null) this.#remove(first);
    return first;
  }

  /** Fails all waiting callers. */
  rejectAll(error: unknown): void {
    for (let waiter = this.shift(); waiter !== null; waiter = this.shift()) waiter.reject(error);
  }

  /** Leaves no timer. */
  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #abort(place: Place): void {
    this.#remove(place);
    place.reject(abortReason(place.signal));
  }

  #append(place: Place): void {
    place.previous = this.#last;
    if (this.#last === null) this.#first = place;
    else this.#last.next = place;
    this.#last = place;
    this.#size += 1;
  }

  #remove(place: Place): void {
    if (!place.isQueued) return;
    const { previous, next } = place;
    if (previous === null) this.#first = next;
    else previous.next = next;
    if (next === null) this.#last = previous;
    else next.previous = previous;
    place.isQueued = false;
    // Otherwise an old place would keep all that came after it from being collected while they are young.
    place.previous = null;
    place.next = null;
    this.#size -= 1;
    if (place.signal !== neverAborted) this.#aborts.remove(place.signal, place);
  }

  #sleep(delayMs: number): void {
    this.#timer = this.#options.clock.after(delayMs, () => this.#wake());
  }

  #wake(): void {
    const { clock, timeoutError } = this.#options;
    this.#timer = null;
    const lateSinceMs = clock.monotonicMs() - this.#timeoutMs;
    const late: Place[] = [];
    let first = this.#first;
    for (; first !== null && first.sinceMs <= lateSinceMs; first = first.next) late.push(first);
    const errors = late.map(timeoutError);
    late.forEach((place, at) => {
      this.#remove(place);
      place.reject(errors[at]);
    });
    if (first !== null) this.#sleep(first.sinceMs - lateSinceMs);
  }
}

interface Group<Member> {
  readonly members: Set<Member>;
  readonly listening: Disposable;
}

/**
 * Listens to the signals of many members with one listener for each signal: a thousand callers with the same signal
 * cost a thousand entries in a set, not a thousand listeners (of which each new one is compared with all before it).
 */
class AbortGroups<Member> {
  readonly #groups = new Map<AbortSignal, Group<Member>>();
  readonly #onAbort: (member: Member) => void;

  constructor(onAbort: (member: Member) => void) {
    this.#onAbort = onAbort;
  }

  /** @param signal not aborted yet */
  add(signal: AbortSignal, member: Member): void {
    const group = this.#groups.get(signal);
    if (group !== undefined) {
      group.members.add(member);
      return;
    }
    const members = new Set([member]);
    const listening = onAbort(signal, () => {
      this.#groups.delete(signal);
      for (const each of members) this.#onAbort(each);
    });
    this.#groups.set(signal, { members, listening });
  }

  /** No effect for a member that was removed already. */
  remove(signal: AbortSignal, member: Member): void {
    const group = this.#groups.get(signal);
    if (group === undefined) return;
    group.members.delete(member);
    if (group.members.size > 0) return;
    this.#groups.delete(signal);
    group.listening.dispose();
  }
}
