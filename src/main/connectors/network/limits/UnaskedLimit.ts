import type { Clock } from '../../../base/Clock.ts';
import { WireFailure } from '../failures/WireFailure.ts';

const windowMs = 10_000;
/** Per window. To read that many takes a few hundredths of it. */
const maxMessageCount = 200_000;
const maxBytes = 32 * 1024 * 1024;

/**
 * Bounds what a server sends unasked in one session: notices, parameters, notifications. A statement that raises a
 * notice for each of its rows stays below; a server that never stops does not, and would keep a core busy.
 */
export class UnaskedLimit {
  readonly #clock: Clock;
  #startedMs: number | null = null;
  #messageCount = 0;
  #byteCount = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * One more message, with a body of so many bytes. The clock is read only when a window begins or is full.
   * @throws WireFailure (flood) when there were too many in too short a time
   */
  count(byteCount: number): void {
    this.#startedMs ??= this.#clock.monotonicMs();
    this.#messageCount += 1;
    this.#byteCount += byteCount;
    if (this.#messageCount <= maxMessageCount && this.#byteCount <= maxBytes) return;
    const nowMs = this.#clock.monotonicMs();
    const elapsedMs = nowMs - this.#startedMs;
    if (elapsedMs < windowMs) {
      const received = `${this.#messageCount.toLocaleString('en')} messages (${this.#byteCount.toLocaleString('en')} bytes)`;
      throw new WireFailure(
        'flood',
        `The server sent ${received} unsolicited within ${Math.ceil(elapsedMs / 1_000)} s.`,
      );
    }
    this.#startedMs = nowMs;
    this.#messageCount = 0;
    this.#byteCount = 0;
  }
}
