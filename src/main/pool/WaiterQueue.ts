import { abortReason, neverAborted } from '../base/abort.ts';
import type { Clock, Timer } from '../base/Clock.ts';
import { AbortGroups } from './AbortGroups.ts';
import type { Lease } from './Lease.ts';
import type { Borrower } from './Loans.ts';

/** A caller in the queue: take it out with `shift`, then settle it. */
export interface Waiter {
  readonly borrower: Borrower;
  /** When it asked, in monotonic milliseconds. */
  readonly sinceMs: number;
  readonly resolve: (lease: Lease) => void;
  readonly reject: (error: unknown) => void;
}

interface Node extends Waiter {
  readonly signal: AbortSignal;
  previous: Node | null;
  next: Node | null;
  isQueued: boolean;
}

export interface WaiterQueueOptions {
  readonly clock: Clock;
  /** The longest wait, the same for everybody: so the first in the queue is also the first that is late. */
  readonly timeoutMs: number;
  /** Made for each who waited too long, while all of them still count as waiting. */
  readonly timeoutError: () => unknown;
}

/**
 * Callers waiting for a connection, first come first served. One timer watches over all of them: it is set for the
 * first, and when it is due it looks who is late and sleeps again. A caller who is served cancels nothing.
 */
export class WaiterQueue {
  readonly #options: WaiterQueueOptions;
  readonly #aborts = new AbortGroups<Node>((node) => this.#abort(node));
  #first: Node | null = null;
  #last: Node | null = null;
  #size = 0;
  #timer: Timer | null = null;

  constructor(options: WaiterQueueOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Waits for a connection.
   * @throws what the queue or its owner rejects with; the signal's reason when it aborts
   */
  wait(signal: AbortSignal, sinceMs: number, borrower: Borrower): Promise<Lease> {
    return new Promise((resolve, reject) => {
      const node: Node = {
        ...{ signal, sinceMs, borrower, resolve, reject },
        ...{ previous: this.#last, next: null, isQueued: true },
      };
      if (this.#last === null) this.#first = node;
      else this.#last.next = node;
      this.#last = node;
      this.#size += 1;
      if (signal !== neverAborted) this.#aborts.add(signal, node);
      if (this.#timer === null) this.#sleep(this.#options.timeoutMs);
    });
  }

  /** Takes out whoever waits longest; null when nobody does. */
  shift(): Waiter | null {
    const first = this.#first;
    if (first !== null) this.#remove(first);
    return first;
  }

  /** Fails everybody who waits. */
  rejectAll(error: unknown): void {
    for (let waiter = this.shift(); waiter !== null; waiter = this.shift()) waiter.reject(error);
  }

  /** No timer is left. */
  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #abort(node: Node): void {
    this.#remove(node);
    node.reject(abortReason(node.signal));
  }

  #remove(node: Node): void {
    if (!node.isQueued) return;
    node.isQueued = false;
    if (node.previous === null) this.#first = node.next;
    else node.previous.next = node.next;
    if (node.next === null) this.#last = node.previous;
    else node.next.previous = node.previous;
    this.#size -= 1;
    if (node.signal !== neverAborted) this.#aborts.remove(node.signal, node);
  }

  #sleep(delayMs: number): void {
    this.#timer = this.#options.clock.after(delayMs, () => this.#wake());
  }

  #wake(): void {
    const { clock, timeoutMs, timeoutError } = this.#options;
    this.#timer = null;
    const lateSinceMs = clock.monotonicMs() - timeoutMs;
    const late: Node[] = [];
    let first = this.#first;
    for (; first !== null && first.sinceMs <= lateSinceMs; first = first.next) late.push(first);
    const errors = late.map(timeoutError);
    late.forEach((node, at) => {
      this.#remove(node);
      node.reject(errors[at]);
    });
    if (first !== null) this.#sleep(first.sinceMs - lateSinceMs);
  }
}
