import type { QuerySession, RunMessage } from '../../../shared/model/query.ts';
import { onAbort } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';

/** Most messages of one batch; the contract allows no more. */
const batchCount = 2_000;
/** What the first moments bring goes out together: each batch makes the window draw, and the first rows wait for that. */
const gatherMs = 50;
/** What is worth drawing soon: in a moment a quick statement has ended as well. */
const shownSoon: ReadonlySet<RunMessage['type']> = new Set(['rows', 'ended', 'failed', 'notice']);
const endMs = 8;
/** A run waits for its reader between two statements when so many messages are not taken. */
const waitingCount = 10_000;

type RowsMessage = Extract<RunMessage, { type: 'rows' }>;

/** What a run reports, on its way to the window. Progress that nobody has taken is replaced by newer progress. */
export class RunReport {
  readonly #clock: Clock;
  #waiting: RunMessage[] = [];
  #isOver = false;
  /** Told when there is something to take, or nothing any more. */
  #onNews: () => void = () => undefined;
  /** Told when something was taken. */
  #onTaken: () => void = () => undefined;
  #session: string | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  push(message: RunMessage): void {
    this.#waiting.push(message);
    this.#onNews();
  }

  /** How far a result is. */
  rows(message: RowsMessage): void {
    const last = this.#waiting.at(-1);
    if (last?.type === 'rows' && last.resultId === message.resultId) this.#waiting.pop();
    this.push(message);
  }

  /** The state of the session, when it differs from what was reported last. */
  session(session: QuerySession | null): void {
    const text = JSON.stringify(session);
    if (text === this.#session) return;
    this.#session = text;
    this.push({ type: 'session', session });
  }

  /** Nothing comes any more. */
  end(): void {
    this.#isOver = true;
    this.#onNews();
  }

  /** Resolves when the reader is not far behind. @param signal nobody reads any more */
  async room(signal: AbortSignal): Promise<void> {
    while (this.#waiting.length > waitingCount && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const listening = onAbort(signal, resolve);
        this.#onTaken = () => {
          listening.dispose();
          resolve();
        };
      });
    }
  }

  /** In batches, each as soon as there is one worth drawing; ends when the run has ended and all is taken. */
  async *batches(): AsyncGenerator<RunMessage[], void, void> {
    await this.#firstToShow();
    for (;;) {
      if (this.#waiting.length > 0) {
        const batch = this.#waiting.splice(0, batchCount);
        this.#onTaken();
        yield batch;
      } else if (this.#isOver) return;
      else await this.#news();
    }
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#onNews = resolve;
    });
  }

  async #firstToShow(): Promise<void> {
    await this.#until(gatherMs, () => this.#waiting.some(({ type }) => shownSoon.has(type)));
    await this.#until(endMs, () => false);
  }

  /** Waits until something holds, the run is over, or the time has passed. */
  async #until(limitMs: number, holds: () => boolean): Promise<void> {
    let isLate = false;
    const timer = this.#clock.after(limitMs, () => {
      isLate = true;
      this.#onNews();
    });
    while (!isLate && !this.#isOver && !holds()) await this.#news();
    timer.cancel();
  }
}
