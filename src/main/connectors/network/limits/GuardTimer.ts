import type { Clock, Timer } from '../../../base/Clock.ts';

/** A timer that is this late means that the process was stopped, and has not read what arrived meanwhile. */
const lateMs = 1_000;
/** Time to read it. */
const catchUpMs = 1_000;

/** The one timer of a session: for the statement that runs, or for the transaction that is open. None while it is idle. */
export class GuardTimer {
  readonly #clock: Clock;
  readonly #onDue: () => void;
  #dueMs = 0;
  #timer: Timer | null = null;

  constructor(clock: Clock, onDue: () => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  /** Due so long from now, whatever was set before. */
  set(delayMs: number): void {
    this.clear();
    this.#dueMs = this.#clock.monotonicMs() + delayMs;
    this.#timer = this.#clock.after(delayMs, () => this.#ring());
  }

  clear(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #ring(): void {
    this.#timer = null;
    if (this.#clock.monotonicMs() - this.#dueMs > lateMs) this.set(catchUpMs);
    else this.#onDue();
  }
}
