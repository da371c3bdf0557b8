import type { Clock, Timer } from '../../base/Clock.ts';

/** A timer that is this late means that the process was stopped, and has not read what arrived meanwhile. */
const lateMs = 1_000;
/** Time to read it. */
const catchUpMs = 1_000;

/**
 * A deadline that moves with every statement. Moving it costs no timer: the one that is set looks, when it is due,
 * whether the deadline has moved on, and sleeps again for what is left.
 */
export class MovingDeadline {
  readonly #clock: Clock;
  readonly #onDue: () => void;
  #dueMs: number | null = null;
  #timer: Timer | null = null;
  #timerDueMs = 0;

  constructor(clock: Clock, onDue: () => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  /** Due so long from now, whatever was set before. */
  set(delayMs: number): void {
    this.#dueMs = this.#clock.monotonicMs() + delayMs;
    if (this.#timer === null || this.#timerDueMs > this.#dueMs) this.#sleep(this.#dueMs, delayMs);
  }

  /** Nothing is due any more. */
  clear(): void {
    this.#dueMs = null;
  }

  /** No timer is left. */
  dispose(): void {
    this.clear();
    this.#timer?.cancel();
    this.#timer = null;
  }

  #sleep(untilMs: number, delayMs: number): void {
    this.#timer?.cancel();
    this.#timerDueMs = untilMs;
    this.#timer = this.#clock.after(delayMs, () => this.#wake());
  }

  #wake(): void {
    this.#timer = null;
    if (this.#dueMs === null) return;
    const nowMs = this.#clock.monotonicMs();
    if (this.#dueMs > nowMs) this.#sleep(this.#dueMs, this.#dueMs - nowMs);
    else if (nowMs - this.#timerDueMs > lateMs) this.set(catchUpMs);
    else {
      this.#dueMs = null;
      this.#onDue();
    }
  }
}
