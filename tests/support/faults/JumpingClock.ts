import { type Clock, systemClock, type Timer } from '../../../src/main/base/Clock.ts';

interface Pending {
  readonly dueMs: number;
  readonly work: () => void;
  timer: Timer;
}

/**
 * The real clock, in which a test can let time pass at once, move the wall clock alone, and count what is still set.
 * Network and server keep real time: skip when nothing is on its way that has a deadline.
 */
export class JumpingClock implements Clock {
  readonly #pending = new Set<Pending>();
  #skippedMs = 0;
  #wallShiftMs = 0;

  /** Timers that have been set and have neither run nor been cancelled. */
  get pendingCount(): number {
    return this.#pending.size;
  }

  monotonicMs(): number {
    return systemClock.monotonicMs() + this.#skippedMs;
  }

  wallMs(): number {
    return systemClock.wallMs() + this.#skippedMs + this.#wallShiftMs;
  }

  after(delayMs: number, work: () => void): Timer {
    const entry: Pending = { dueMs: this.monotonicMs() + delayMs, work, timer: { cancel: () => undefined } };
    this.#pending.add(entry);
    this.#arm(entry);
    return {
      cancel: () => {
        this.#pending.delete(entry);
        entry.timer.cancel();
      },
    };
  }

  /** So much time has passed: what was due meanwhile runs now, in order, each timer once. */
  skip(durationMs: number): void {
    this.#skippedMs += durationMs;
    const inOrder = [...this.#pending].sort((left, right) => left.dueMs - right.dueMs);
    for (const entry of inOrder) {
      entry.timer.cancel();
      this.#arm(entry);
    }
  }

  /** The wall clock alone jumps, as when a person or a time server sets it. */
  jumpWall(byMs: number): void {
    this.#wallShiftMs += byMs;
  }

  #arm(entry: Pending): void {
    entry.timer = systemClock.after(Math.max(0, entry.dueMs - this.monotonicMs()), () => {
      this.#pending.delete(entry);
      entry.work();
    });
  }
}
