import type { RunId } from '../../../shared/model/runs.ts';
import { settledWithin } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import type { RunQueue } from '../queue/RunQueue.ts';
import { hasLeft, type RunChange } from './runStates.ts';

/** Takes runs back from a queue: each comes to a checkpoint, as for a pause, and is not paused. */
export class RunRecall {
  readonly #clock: Clock;
  readonly #awaited = new Map<RunId, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Settles when the queue is done with them, or after the time. What cannot be asked for is left there. Never rejects. */
  async recall(queue: RunQueue, ids: readonly RunId[], limitMs: number): Promise<void> {
    const gone = ids.map((id) => new Promise<void>((resolve) => this.#awaited.set(id, resolve)));
    for (const id of ids) queue.request(id, 'pause').catch(() => this.#settle(id));
    await settledWithin(this.#clock, limitMs, Promise.all(gone));
    this.#awaited.clear();
  }

  /** A person wants the same run to end: the next news of it is theirs. */
  yieldTo(id: RunId): void {
    this.#settle(id);
  }

  /** @returns whether the news is the answer to a recall, and of no other meaning */
  takes(news: RunChange): boolean {
    if (!this.#awaited.has(news.id) || !hasLeft(news)) return false;
    this.#settle(news.id);
    return news.type === 'stopped' && news.request === 'pause';
  }

  #settle(id: RunId): void {
    this.#awaited.get(id)?.();
    this.#awaited.delete(id);
  }
}
