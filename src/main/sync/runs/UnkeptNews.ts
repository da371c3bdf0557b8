import type { RunId } from '../../../shared/model/runs.ts';
import { isAppError } from '../../base/AppError.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';
import type { RunNews } from '../queue/RunQueue.ts';

const retryMs = 5_000;

export interface UnkeptNewsOptions {
  /** @throws STORE_…, DISK_FULL, with nothing kept */
  readonly keep: (news: RunNews) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * News of runs on their way into the book. The queue tells them once: what the store cannot take, as on a full disk,
 * waits here, in order for each run, until it can. When the app ends before, the queue tells the end of a run again.
 */
export class UnkeptNews {
  readonly #options: UnkeptNewsOptions;
  readonly #waiting = new Map<RunId, RunNews[]>();
  #timer: Timer | null = null;

  constructor(options: UnkeptNewsOptions) {
    this.#options = options;
  }

  /** Never throws. */
  take(news: RunNews): void {
    const waiting = this.#waiting.get(news.id);
    if (waiting !== undefined) {
      // The latest progress stands for all before it.
      if (news.type === 'progress' && waiting.at(-1)?.type === 'progress') waiting.pop();
      waiting.push(news);
    } else if (!this.#keep(news)) {
      this.#waiting.set(news.id, [news]);
      this.#retryLater();
    }
  }

  stop(): void {
    this.#timer?.cancel();
    this.#waiting.clear();
  }

  /** @returns false when it can be kept later */
  #keep(news: RunNews): boolean {
    try {
      this.#options.keep(news);
      return true;
    } catch (error) {
      this.#options.logger.error('News of a run could not be kept', { run: news.id }, error);
      return !isAppError(error);
    }
  }

  #retryLater(): void {
    this.#timer ??= this.#options.clock.after(retryMs, () => {
      this.#timer = null;
      for (const [id, waiting] of this.#waiting) {
        while (waiting[0] !== undefined && this.#keep(waiting[0])) waiting.shift();
        if (waiting.length === 0) this.#waiting.delete(id);
      }
      if (this.#waiting.size > 0) this.#retryLater();
    });
  }
}
