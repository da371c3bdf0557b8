import { pause, throwIfAborted, untilAborted } from '../../../../base/abort.ts';
import { SerialQueue } from '../../../../base/async/SerialQueue.ts';
import type { Clock } from '../../../../base/Clock.ts';
import { waitTooLongError } from '../../errors/pacingErrors.ts';
import type { HeaderLines } from '../../HeaderLines.ts';
import { RequestBreaker } from './RequestBreaker.ts';
import { type RequestRate, RequestTokens } from './RequestTokens.ts';
import { type RateNote, rateNoteOf } from './rateHeaders.ts';

export interface TurnOptions {
  readonly signal: AbortSignal;
  /** Longest wait; a longer one is refused at once. */
  readonly limitMs: number;
  /** Told until when it waits, on the monotonic clock. */
  readonly onWaiting: (untilMs: number) => void;
}

/** When the next request to one API may be sent: shared by all connections to it. */
export class ApiPace {
  readonly breaker: RequestBreaker;
  readonly #clock: Clock;
  readonly #tokens: RequestTokens;
  readonly #queue = new SerialQueue();
  #pausedUntilMs = 0;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#tokens = new RequestTokens(clock);
    this.breaker = new RequestBreaker(clock, random);
  }

  configure(rate: RequestRate | null): void {
    this.#tokens.configure(rate);
  }

  /** Takes leave to send a request if there is nothing to wait for, as most often. @returns whether it did */
  tryTurn(): boolean {
    if (!this.#queue.isIdle || this.#waitMs() > 0) return false;
    this.#tokens.take();
    return true;
  }

  /**
   * Waits for leave to send a request, in the order in which it was asked for.
   * @throws RATE_LIMITED when it would take longer than the limit, or the signal's reason
   */
  async turn({ signal, limitMs, onWaiting }: TurnOptions): Promise<void> {
    throwIfAborted(signal);
    const startedMs = this.#clock.monotonicMs();
    const wait = async () => {
      for (;;) {
        throwIfAborted(signal);
        const nowMs = this.#clock.monotonicMs();
        const waitMs = this.#waitMs();
        if (waitMs <= 0) break;
        if (nowMs + waitMs - startedMs > limitMs) throw waitTooLongError(waitMs);
        onWaiting(nowMs + waitMs);
        await pause(this.#clock, waitMs, signal);
      }
      this.#tokens.take();
    };
    await untilAborted(signal, this.#queue.run(wait));
  }

  #waitMs(): number {
    return Math.max(this.#tokens.waitMs(), this.#pausedUntilMs - this.#clock.monotonicMs());
  }

  /** Nobody sends a request for so long. A pause that ends later stays. */
  pauseFor(durationMs: number): void {
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, this.#clock.monotonicMs() + durationMs);
  }

  /** Notes what an answer says of the API's limit: none left means that the next request waits for the next period. */
  heard(headers: HeaderLines): RateNote {
    const note = rateNoteOf(headers, this.#clock.wallMs());
    if (note.remaining === 0 && note.resetMs !== null) this.pauseFor(note.resetMs);
    return note;
  }
}
