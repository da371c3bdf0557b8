import type { Clock, Timer } from '../../../base/Clock.ts';

/** How long the server has to obey a cancel before the session is given up. */
export const cancelPatienceMs = 5_000;
/** A request that meets the server between two commands of what was sent for a statement is lost: it is sent again. */
export const cancelRepeatMs = 1_000;

/** Why a statement was interrupted: its caller, our own time limit, or an answer too large to hold. */
export type Interruption = 'caller' | 'guard' | 'size';

/** What a cancel does to its session. */
export interface CancelSession {
  /**
   * Asks the server to cancel the statement; rejects when it is unknown whether the request arrived.
   * @param signal drops the request
   */
  cancel(signal: AbortSignal): Promise<void>;
  /** Destroys the session: nobody knows what the server does with it. */
  abandon(): void;
}

/**
 * The cancel of one statement, sent when this is made, and again until the statement is answered. Without an effect in time
 * the session is abandoned.
 */
export class StatementCancel {
  readonly reason: Interruption;
  readonly #session: CancelSession;
  readonly #clock: Clock;
  readonly #patience: Timer;
  readonly #dropped = new AbortController();
  /** The last one; those before it have arrived. */
  #request: Promise<boolean>;
  #repeat: Timer | null = null;
  #isOver = false;

  constructor(reason: Interruption, session: CancelSession, clock: Clock) {
    this.reason = reason;
    this.#session = session;
    this.#clock = clock;
    this.#patience = clock.after(cancelPatienceMs, () => session.abandon());
    this.#request = this.#ask();
  }

  /**
   * The statement was answered: waits until no request can hit the next statement of this session any more, and abandons
   * the session when nobody knows where one is.
   */
  async outlive(): Promise<void> {
    this.#end();
    if (!(await this.#request)) this.#session.abandon();
    this.#patience.cancel();
  }

  /** The session is gone: nothing is left of the request. */
  dispose(): void {
    this.#end();
    this.#patience.cancel();
    this.#dropped.abort();
  }

  async #ask(): Promise<boolean> {
    try {
      await this.#session.cancel(this.#dropped.signal);
    } catch {
      return false;
    }
    if (!this.#isOver) {
      this.#repeat = this.#clock.after(cancelRepeatMs, () => {
        this.#request = this.#ask();
      });
    }
    return true;
  }

  #end(): void {
    this.#isOver = true;
    this.#repeat?.cancel();
  }
}
