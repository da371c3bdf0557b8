import type { Clock } from '../../base/Clock.ts';
import type { PoolEntry } from './PoolEntry.ts';
import { pingWithin } from './validation.ts';

/** How a check ended: the round trip in milliseconds; `unknown` when it was given up. */
export type CheckOutcome = number | 'lost' | 'unknown';

/** What a check of all idle connections found. */
export interface IdleCheck {
  /** The quickest round trip; null when none answered or none was idle. */
  readonly roundTripMs: number | null;
  readonly checked: number;
  readonly lost: number;
}

export function summariseChecks(outcomes: readonly CheckOutcome[]): IdleCheck {
  const times = outcomes.filter((outcome) => typeof outcome === 'number');
  return {
    roundTripMs: times.length === 0 ? null : Math.min(...times),
    checked: outcomes.length,
    lost: outcomes.filter((outcome) => outcome === 'lost').length,
  };
}

/** The pings on their way. */
export class Checks {
  readonly #clock: Clock;
  readonly #onSlow: () => void;
  #hopefulCount = 0;

  /** @param onSlow called when a ping takes so long that nobody should count on it any more */
  constructor(clock: Clock, onSlow: () => void) {
    this.#clock = clock;
    this.#onSlow = onSlow;
  }

  /** How many will likely soon give a connection to somebody who waits. */
  get hopefulCount(): number {
    return this.#hopefulCount;
  }

  /**
   * Asks for a sign of life; again when the connection fell under suspicion while it was asked. Never rejects.
   * @returns the round trip in milliseconds, or null when none came
   */
  async ping(entry: PoolEntry, signal: AbortSignal, timeoutMs: number): Promise<number | null> {
    let isHopeful = true;
    this.#hopefulCount += 1;
    const giveUpHope = () => {
      if (isHopeful) this.#hopefulCount -= 1;
      isHopeful = false;
    };
    const onSlow = () => {
      giveUpHope();
      this.#onSlow();
    };
    let time: number | null;
    do {
      entry.isSuspect = false;
      time = await pingWithin(entry.connection, { clock: this.#clock, signal, timeoutMs, onSlow });
    } while (time !== null && entry.isSuspect);
    giveUpHope();
    return time;
  }
}
