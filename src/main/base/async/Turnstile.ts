import { abortReason, neverAborted, onAbort } from '../abort.ts';
import type { Disposable } from '../Emitter.ts';

/** Somebody who wants to pass. */
export interface Visitor {
  /** Gives up waiting when it aborts. */
  readonly signal: AbortSignal;
  /** It is the visitor's turn, until `leave`. */
  readonly enter: () => void;
  /** The visitor gets no turn. */
  readonly refuse: (reason: unknown) => void;
}

interface Waiting {
  readonly visitor: Visitor;
  readonly listening: Disposable | null;
}

/** Lets one through at a time, first come first served; at once, without a promise, when it is free. */
export class Turnstile {
  #waiting: Waiting[] = [];
  #isTaken = false;

  /** Whether somebody is inside. */
  get isTaken(): boolean {
    return this.#isTaken;
  }

  /** Calls `enter` when everybody before has left, or `refuse`, with the abort's reason or that of `dismiss`. */
  pass(visitor: Visitor): void {
    if (visitor.signal.aborted) visitor.refuse(abortReason(visitor.signal));
    else if (this.#isTaken) this.#wait(visitor);
    else {
      this.#isTaken = true;
      visitor.enter();
    }
  }

  /** Whoever is inside leaves; the next one enters. */
  leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#isTaken = false;
    else {
      next.listening?.dispose();
      next.visitor.enter();
    }
  }

  /** Refuses everybody who waits. */
  dismiss(reason: unknown): void {
    const dismissed = this.#waiting;
    this.#waiting = [];
    for (const { visitor, listening } of dismissed) {
      listening?.dispose();
      visitor.refuse(reason);
    }
  }

  #wait(visitor: Visitor): void {
    const { signal } = visitor;
    const giveUp = () => {
      this.#waiting = this.#waiting.filter((waiting) => waiting.visitor !== visitor);
      visitor.refuse(abortReason(signal));
    };
    const listening = signal === neverAborted ? null : onAbort(signal, giveUp);
    this.#waiting.push({ visitor, listening });
  }
}
