import { onAbort } from '../../base/abort.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { QueryOptions } from '../Connector.ts';

/** How long the server has to obey a cancel before the session is given up. */
export const cancelPatienceMs = 5_000;

/** Why a statement was interrupted: its caller's signal, our own time limit, or an answer too large to hold. */
export type Interruption = 'caller' | 'guard' | 'size';

/** What a run does to its session. */
export interface RunSession {
  /** Asks the server to cancel the statement; rejects when it is unknown whether the request arrived. */
  cancel(): Promise<void>;
  /** Destroys the session: nobody knows what the server does with it. */
  abandon(): void;
}

/** The run of one statement, from its sending until the server is ready for the next one or the session is lost. */
export class StatementRun {
  readonly #session: RunSession;
  readonly #clock: Clock;
  #interruption: Interruption | null = null;
  #cancelling: Promise<boolean> | null = null;
  #patience: Timer | null = null;
  #end: (outcome: 'answered' | 'lost') => void = () => undefined;
  readonly #ended = new Promise<'answered' | 'lost'>((resolve) => {
    this.#end = resolve;
  });

  constructor(session: RunSession, clock: Clock) {
    this.#session = session;
    this.#clock = clock;
  }

  /** The first reason to interrupt it, or null. */
  get interruption(): Interruption | null {
    return this.#interruption;
  }

  /** Sends the statement and waits for its end. Timers and listeners are gone when this resolves. */
  async follow(send: () => void, options: Required<QueryOptions>): Promise<'answered' | 'lost'> {
    const guard = this.#clock.after(options.timeoutMs, () => this.interrupt('guard'));
    const listening = onAbort(options.signal, () => this.interrupt('caller'));
    try {
      send();
      const outcome = await this.#ended;
      await this.#outliveCancel(outcome);
      return outcome;
    } finally {
      guard.cancel();
      listening.dispose();
      this.#patience?.cancel();
    }
  }

  /** The server is ready for the next statement. */
  answered(): void {
    this.#end('answered');
  }

  /** The session is gone. */
  lost(): void {
    this.#end('lost');
  }

  /** Interrupts it as its caller would; resolves when it has ended. */
  stop(): Promise<unknown> {
    this.interrupt('caller');
    return this.#ended;
  }

  /** Cancels on the server; when that has no effect in time the session is abandoned. */
  interrupt(reason: Interruption): void {
    if (this.#interruption !== null) return;
    this.#interruption = reason;
    this.#patience = this.#clock.after(cancelPatienceMs, () => this.#session.abandon());
    this.#cancelling = this.#session.cancel().then(
      () => true,
      () => false,
    );
  }

  /** A cancel request that is still on its way would hit the next statement of this session. */
  async #outliveCancel(outcome: 'answered' | 'lost'): Promise<void> {
    if (outcome === 'lost' || this.#cancelling === null) return;
    if (!(await this.#cancelling)) this.#session.abandon();
  }
}
