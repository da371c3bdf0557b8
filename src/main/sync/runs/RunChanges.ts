import type { Run, RunId } from '../../../shared/model/runs.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { RunTurn } from './RunBook.ts';

/** The window hears of the progress of a run twice a second. */
const betweenMs = 500;

/** Passes on what becomes of runs: each turn at once, progress as often as people can follow. */
export class RunChanges {
  readonly #tell: (run: Run) => void;
  readonly #clock: Clock;
  /** Of runs that were told of within the last half second; `latest` is what is told when that is over. */
  readonly #resting = new Map<RunId, { timer: Timer; latest: Run | null }>();

  constructor(tell: (run: Run) => void, clock: Clock) {
    this.#tell = tell;
    this.#clock = clock;
  }

  take({ run, isTurn }: RunTurn): void {
    const resting = this.#resting.get(run.id);
    if (isTurn || resting === undefined) {
      resting?.timer.cancel();
      this.#now(run);
    } else resting.latest = run;
  }

  stop(): void {
    for (const { timer } of this.#resting.values()) timer.cancel();
    this.#resting.clear();
  }

  #now(run: Run): void {
    const timer = this.#clock.after(betweenMs, () => {
      const latest = this.#resting.get(run.id)?.latest ?? null;
      this.#resting.delete(run.id);
      if (latest !== null) this.#now(latest);
    });
    this.#resting.set(run.id, { timer, latest: null });
    this.#tell(run);
  }
}
