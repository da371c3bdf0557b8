import { abortReason, neverAborted, onAbort } from '../abort.ts';
import type { Disposable } from '../Emitter.ts';

/** A request for a permit: exactly one of the two functions is called, once. */
export interface PermitRequest {
  /** Withdraws the request when it aborts. */
  readonly signal: AbortSignal;
  /** The permit is granted; it is held until `release`. Must not throw. */
  readonly enter: () => void;
  /** The permit is not granted: the reason of the abort, or that of `refuseAll`. */
  readonly refuse: (reason: unknown) => void;
}

interface Waiting {
  readonly request: PermitRequest;
  readonly listening: Disposable | null;
}

/**
 * A fixed number of permits, granted first come first served. With callbacks rather than promises, so that a permit that
 * is free costs nothing: `enter` is called before `acquire` returns.
 */
export class Semaphore {
  #freeCount: number;
  #waiting: Waiting[] = [];

  constructor(permitCount: number) {
    this.#freeCount = permitCount;
  }

  /** Whether a permit is free. */
  get isFree(): boolean {
    return this.#freeCount > 0;
  }

  /** Grants a permit at once when one is free; otherwise the request waits for its turn. */
  acquire(request: PermitRequest): void {
    if (request.signal.aborted) request.refuse(abortReason(request.signal));
    else if (this.#freeCount === 0) this.#wait(request);
    else {
      this.#freeCount -= 1;
      request.enter();
    }
  }

  /** Gives a permit back: it goes to the first request that waits. */
  release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#freeCount += 1;
    else {
      next.listening?.dispose();
      next.request.enter();
    }
  }

  /** Refuses all requests that wait. Permits that are held stay held. */
  refuseAll(reason: unknown): void {
    for (const { request, listening } of this.#waiting.splice(0)) {
      listening?.dispose();
      request.refuse(reason);
    }
  }

  /**
   * Runs `work` with a permit, which is released when `work` ends or calls `release`, whichever is first.
   * @throws what `work` throws; the signal's reason when it aborts before `work` has begun
   */
  run<Value>(signal: AbortSignal, work: (release: () => void) => Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      const enter = () => void this.#hold(work).then(resolve, reject);
      this.acquire({ signal, enter, refuse: reject });
    });
  }

  /** As `run`, but only when a permit is free now; otherwise null, and `work` does not begin. */
  tryRun<Value>(work: () => Promise<Value>): Promise<Value> | null {
    if (this.#freeCount === 0) return null;
    this.#freeCount -= 1;
    return this.#hold(work);
  }

  async #hold<Value>(work: (release: () => void) => Promise<Value>): Promise<Value> {
    let isHeld = true;
    const release = () => {
      if (!isHeld) return;
      isHeld = false;
      this.release();
    };
    try {
      return await work(release);
    } finally {
      release();
    }
  }

  #wait(request: PermitRequest): void {
    const { signal } = request;
    const withdraw = () => {
      this.#waiting = this.#waiting.filter((waiting) => waiting.request !== request);
      request.refuse(abortReason(signal));
    };
    const listening = signal === neverAborted ? null : onAbort(signal, withdraw);
    this.#waiting.push({ request, listening });
  }
}
