import type { QuerySession, RunMessage } from '../../../shared/model/query.ts';
import { onAbort } from '../../base/abort.ts';

/** Most messages of one batch; the contract allows no more. */
const batchCount = 2_000;
/** A run waits for its reader between two statements when so many messages are not taken. */
const waitingCount = 10_000;

type RowsMessage = Extract<RunMessage, { type: 'rows' }>;

/** What a run reports, on its way to the window. Progress that nobody has taken is replaced by newer progress. */
export class RunReport {
  #waiting: RunMessage[] = [];
  #isOver = false;
  /** Told when there is something to take, or nothing any more. */
  #onNews: () => void = () => undefined;
  /** Told when something was taken. */
  #onTaken: () => void = () => undefined;
  #session: string | null = null;

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

  /** In batches, each as soon as there is one; ends when the run has ended and all is taken. */
  async *batches(): AsyncGenerator<RunMessage[], void, void> {
    for (;;) {
      if (this.#waiting.length > 0) {
        const batch = this.#waiting.splice(0, batchCount);
        this.#onTaken();
        yield batch;
      } else if (this.#isOver) return;
      else {
        await new Promise<void>((resolve) => {
          this.#onNews = resolve;
        });
      }
    }
  }
}
