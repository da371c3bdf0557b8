import type { ResultProgress } from '../../shared/model/results.ts';
import type { Clock } from '../base/Clock.ts';
import type { ResultWork } from './Results.ts';

const intervalMs = 200;

/** Reports progress at once and then a few times a second, however often it is given. */
export class ProgressReport {
  readonly #report: ResultWork['onProgress'];
  readonly #clock: Clock;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor({ onProgress }: ResultWork, clock: Clock) {
    this.#report = onProgress;
    this.#clock = clock;
  }

  give(progress: ResultProgress): void {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - this.#lastMs < intervalMs) return;
    this.#lastMs = nowMs;
    this.#report?.(progress);
  }
}
