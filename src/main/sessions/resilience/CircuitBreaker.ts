import type { Clock } from '../../base/Clock.ts';
import { FailureWindow } from './FailureWindow.ts';

/** So many failed attempts in a row open the breaker. */
const maxConsecutiveFailures = 5;
/** So does this share of failures among at least so many attempts in the window. */
const windowMs = 30_000;
const minWindowCount = 10;
const maxFailedShare = 0.5;

export interface CircuitBreakerOptions {
  readonly clock: Clock;
  /** Asked each time it opens: for how long, in milliseconds. */
  readonly openForMs: () => number;
}

/** Leave for one attempt. Tell exactly one outcome; what is told later is ignored. */
export interface AttemptPermit {
  succeeded(): void;
  failed(): void;
  /** It came to no result, for a reason that says nothing about the server. */
  abandoned(): void;
}

type BreakerState =
  | { readonly name: 'closed' }
  | { readonly name: 'open'; readonly untilMs: number }
  /** One attempt is on its way to find out; nobody else is let through. */
  | { readonly name: 'half-open'; readonly probe: AttemptPermit };

/**
 * Keeps callers from a server that fails again and again. Decides on monotonic time alone: a wall clock that jumps
 * neither opens it nor keeps it open (cockatiel's reads the wall clock and stayed open after a jump back).
 */
export class CircuitBreaker {
  readonly #options: CircuitBreakerOptions;
  readonly #window: FailureWindow;
  #state: BreakerState = { name: 'closed' };
  #consecutiveFailures = 0;

  constructor(options: CircuitBreakerOptions) {
    this.#options = options;
    this.#window = new FailureWindow(options.clock, windowMs);
  }

  get state(): BreakerState['name'] {
    return this.#state.name;
  }

  /** How long until an attempt is let through, in milliseconds; null unless it is open. */
  remainingMs(): number | null {
    if (this.#state.name !== 'open') return null;
    return Math.max(0, this.#state.untilMs - this.#options.clock.monotonicMs());
  }

  /** Leave to make an attempt, or null. When its time is over, the first who asks is the one probe. */
  admit(): AttemptPermit | null {
    if (this.#state.name === 'half-open') return null;
    if (this.#state.name === 'open' && this.remainingMs() !== 0) return null;
    const permit = this.#newPermit();
    if (this.#state.name === 'open') this.#state = { name: 'half-open', probe: permit };
    return permit;
  }

  /** The next attempt is let through, whatever time remains. A probe on its way stays the only one. */
  letProbe(): void {
    if (this.#state.name === 'open')
      this.#state = { name: 'open', untilMs: this.#options.clock.monotonicMs() };
  }

  #newPermit(): AttemptPermit {
    let isSettled = false;
    const once = (settle: () => void) => (): void => {
      if (isSettled) return;
      isSettled = true;
      settle();
    };
    const permit: AttemptPermit = {
      succeeded: once(() => this.#succeeded()),
      failed: once(() => this.#failed(permit)),
      abandoned: once(() => this.#abandoned(permit)),
    };
    return permit;
  }

  /** Whoever got through proves that the server is back. */
  #succeeded(): void {
    this.#consecutiveFailures = 0;
    // Failures from before it opened must not open it again.
    if (this.#state.name !== 'closed') this.#window.clear();
    this.#state = { name: 'closed' };
    this.#window.add(false);
  }

  #failed(permit: AttemptPermit): void {
    if (this.#state.name === 'closed') {
      this.#consecutiveFailures += 1;
      this.#window.add(true);
      if (this.#isTooMuch()) this.#open();
    } else if (this.#isProbe(permit)) this.#open();
  }

  #abandoned(permit: AttemptPermit): void {
    if (this.#isProbe(permit)) this.#state = { name: 'open', untilMs: this.#options.clock.monotonicMs() };
  }

  #isProbe(permit: AttemptPermit): boolean {
    return this.#state.name === 'half-open' && this.#state.probe === permit;
  }

  #isTooMuch(): boolean {
    if (this.#consecutiveFailures >= maxConsecutiveFailures) return true;
    const { count, failedShare } = this.#window.look();
    return count >= minWindowCount && failedShare >= maxFailedShare;
  }

  #open(): void {
    const { clock, openForMs } = this.#options;
    this.#state = { name: 'open', untilMs: clock.monotonicMs() + openForMs() };
  }
}
