import type { Clock, Timer } from '../../../base/Clock.ts';

/** How long the server has to obey a cancel before the session is given up. */
export const cancelPatienceMs = 5_000;

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

/** The cancel of one statement, sent when this is made. Without an effect in time the session is abandoned. */
export class StatementCancel {
  readonly reason: Interruption;
  readonly #session: CancelSession;
  readonly #patience: Timer;
  readonly #dropped = new AbortController();
  readonly #request: Promise<boolean>;

  constructor(reason: Interruption, session: CancelSession, clock: Clock) {
    this.reason = reason;
    this.#session = session;
    this.#patience = clock.after(cancelPatienceMs, () => session.abandon());
    this.#request = session.cancel(this.#dropped.signal).then(
      () => true,
      () => false,
    );
  }

  /**
   * The statement was answered: waits until the request cannot hit the next statement of this session any more, and
   * abandons the session when nobody knows where it is.
   */
  async outlive(): Promise<void> {
    if (!(await this.#request)) this.#session.abandon();
    this.#patience.cancel();
  }

  /** The session is gone: nothing is left of the request. */
  dispose(): void {
    this.#patience.cancel();
    this.#dropped.abort();
  }
}
