import type { Clock, Timer } from '../../base/Clock.ts';
import type { SqlConnection } from '../../connectors/Connection.ts';

/** A ping has these many parts of its time; see `PatientDeadline`. */
const partCount = 4;
/** How much later than the pool the connection itself would give the ping up. */
const guardMarginMs = 5_000;

export interface PingOptions {
  readonly clock: Clock;
  /** Gives the ping up; then it says nothing about the connection. */
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Called once when a quarter of the time has passed without an answer. */
  readonly onSlow: () => void;
}

/**
 * Asks the server whether this session still lives.
 * @returns the round trip in milliseconds, or null when it is dead or did not answer in time
 */
export function pingWithin(connection: SqlConnection, options: PingOptions): Promise<number | null> {
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
      // Whatever it was, this connection is not lent again; the next connect will tell people what is wrong.
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
