/** A pending timer; `cancel` works any number of times. */
export interface Timer {
  cancel(): void;
}

/**
 * Time as the product sees it. Everything that decides (deadlines, backoff, ages) uses `monotonicMs`; `wallMs` is for
 * what people read. Tests own it through `tests/support/FakeClock`.
 */
export interface Clock {
  /** Milliseconds on a clock that never jumps; no meaning but differences. */
  monotonicMs(): number;
  /** Epoch milliseconds. */
  wallMs(): number;
  /** Runs `work` once after `delayMs`. Does not keep the process alive. */
  after(delayMs: number, work: () => void): Timer;
}

/** The real clock. Node's timers run on monotonic time already. */
export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  after(delayMs, work) {
    const handle = setTimeout(work, delayMs);
    handle.unref();
    return { cancel: () => clearTimeout(handle) };
  },
};
