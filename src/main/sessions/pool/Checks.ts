import type { Clock, Timer } from '../../base/Clock.ts';
import type { Connection } from '../../connectors/Connection.ts';
import type { PoolEntry } from './Lease.ts';

/** A ping that takes longer means the connection is dead. */
export const validationTimeoutMs = 5_000;
/** The time of a ping is cut into this many parts; see `PatientDeadline`. */
const partCount = 4;
/** How much later than the pool the connection itself would give the ping up. */
const guardMarginMs = 5_000;

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

/** The pings in flight. */
export class Checks {
  readonly #clock: Clock;
  readonly #onSlow: () => void;
  #hopefulCount = 0;

  /** @param onSlow called when a ping takes so long that its connection should not be counted on */
  constructor(clock: Clock, onSlow: () => void) {
    this.#clock = clock;
    this.#onSlow = onSlow;
  }

  /** How many are likely to give a connection to a waiting caller soon. */
  get hopefulCount(): number {
    return this.#hopefulCount;
  }

  /**
   * Pings a connection, and again if it became suspect in the meantime. Never rejects.
   * @param signal gives the check up, which leaves a connection that is still usable suspect
   */
  async ping(entry: PoolEntry, signal: AbortSignal, timeoutMs: number): Promise<CheckOutcome> {
    const roundTripMs = await this.#pingUntilTrusted(entry, signal, timeoutMs);
    if (roundTripMs !== null) {
      entry.provenAtMs = this.#clock.monotonicMs();
      return roundTripMs;
    }
    if (!signal.aborted || !entry.connection.isUsable) return 'lost';
    entry.isSuspect = true;
    return 'unknown';
  }

  async #pingUntilTrusted(entry: PoolEntry, signal: AbortSignal, timeoutMs: number): Promise<number | null> {
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

export interface PingOptions {
  readonly clock: Clock;
  /** Gives the ping up, which then says nothing about the connection. */
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Called once when a quarter of the time has passed without an answer. */
  readonly onSlow: () => void;
}

/**
 * Asks the server whether this session still lives.
 * @returns the round trip in milliseconds, or null when it is dead or did not answer in time
 */
export function pingWithin(connection: Connection, options: PingOptions): Promise<number | null> {
  const { clock, signal, timeoutMs, onSlow } = options;
  if (!connection.isUsable) return Promise.resolve(null);
  const startedMs = clock.monotonicMs();
  return new Promise((resolve) => {
    const deadline = new PatientDeadline(clock, timeoutMs, onSlow, () => resolve(null));
    const settle = (roundTripMs: number | null) => {
      deadline.cancel();
      resolve(roundTripMs);
    };
    connection.ping({ signal, timeoutMs: timeoutMs + guardMarginMs }).then(
      () => settle(clock.monotonicMs() - startedMs),
      // Whatever went wrong, this connection is not lent again; the next connect reports the cause.
      () => settle(null),
    );
  });
}

/**
 * A deadline in four parts, each set when the one before is over. When the process was stopped or blocked its timers are
 * late although answers have arrived that nobody has read yet: the whole stop then counts as one part, and the rest is
 * time to read.
 */
class PatientDeadline {
  readonly #clock: Clock;
  readonly #partMs: number;
  readonly #onSlow: () => void;
  readonly #onDue: () => void;
  #partsLeft = partCount;
  #timer: Timer;

  constructor(clock: Clock, timeoutMs: number, onSlow: () => void, onDue: () => void) {
    this.#clock = clock;
    this.#partMs = timeoutMs / partCount;
    this.#onSlow = onSlow;
    this.#onDue = onDue;
    this.#timer = this.#sleep();
  }

  cancel(): void {
    this.#timer.cancel();
  }

  #sleep(): Timer {
    return this.#clock.after(this.#partMs, () => {
      this.#partsLeft -= 1;
      if (this.#partsLeft === 0) this.#onDue();
      else {
        this.#timer = this.#sleep();
        if (this.#partsLeft === partCount - 1) this.#onSlow();
      }
    });
  }
}
