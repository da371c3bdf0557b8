import type { Clock, Timer } from '../../src/main/base/Clock.ts';
import { settle } from './settle.ts';

export { settle } from './settle.ts';

interface Pending {
  readonly at: number;
  readonly sequence: number;
  readonly work: () => void;
}

/** More than any test needs: a timer that is set again for now would run for ever. */
const mostTimerCount = 50_000;

/** A clock that stands still until a test advances it. Timers run in order of time, then of creation. */
export class FakeClock implements Clock {
  #nowMs = 0;
  #sequence = 0;
  #pending: Pending[] = [];
  readonly #epochMs: number;

  constructor(epochMs = Date.UTC(2026, 0, 1)) {
    this.#epochMs = epochMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return this.#epochMs + this.#nowMs;
  }

  after(delayMs: number, work: () => void): Timer {
    const entry: Pending = { at: this.#nowMs + Math.max(0, delayMs), sequence: this.#sequence++, work };
    this.#pending.push(entry);
    return {
      cancel: () => {
        this.#pending = this.#pending.filter((pending) => pending !== entry);
      },
    };
  }

  /** Timers that have been set and have neither run nor been cancelled. */
  get pendingCount(): number {
    return this.#pending.length;
  }

  /** Moves time on; after each timer all promises that are ready settle, so that new timers are seen. */
  async advance(durationMs: number): Promise<void> {
    const end = this.#nowMs + durationMs;
    let timerCount = 0;
    await settle();
    for (let next = this.#nextDue(end); next !== undefined; next = this.#nextDue(end)) {
      this.#pending = this.#pending.filter((pending) => pending !== next);
      this.#nowMs = next.at;
      timerCount += 1;
      if (timerCount > mostTimerCount) throw new Error('Timers without end.');
      next.work();
      await settle();
    }
    this.#nowMs = end;
  }

  #nextDue(end: number): Pending | undefined {
    return this.#pending
      .filter((pending) => pending.at <= end)
      .sort((left, right) => left.at - right.at || left.sequence - right.sequence)[0];
  }
}
