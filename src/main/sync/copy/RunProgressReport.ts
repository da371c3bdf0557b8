import { noProgress, type RunProgress } from '../../../shared/model/runs.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Position } from './position.ts';

/** The rate is that of so long. */
const windowMs = 10_000;

type Counts = Pick<Position, 'readCount' | 'writtenCount' | 'rejectedCount' | 'byteCount'>;

/** Says how far a run is, with the rows per second of the last ten. */
export class RunProgressReport {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #report: (progress: RunProgress) => void;
  #progress: RunProgress = noProgress;
  #points: { readonly atMs: number; readonly readCount: number }[] = [];

  constructor(clock: Pick<Clock, 'monotonicMs'>, report: (progress: RunProgress) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  opening(): void {
    this.#tell({ ...this.#progress, phase: 'opening' });
  }

  /** All rows were read: that many there were. */
  finishing(counts: Counts): void {
    const totalCount = this.#progress.totalCount === null ? null : counts.readCount;
    this.#tell({ ...this.#progress, ...countsOf(counts), totalCount, phase: 'finishing' });
  }

  /** @param totalCount rows of all attempts together; null: not known */
  begin(counts: Counts, totalCount: number | null): void {
    this.#points = [{ atMs: this.#clock.monotonicMs(), readCount: counts.readCount }];
    const total = totalCount === null ? null : Math.max(totalCount, counts.readCount);
    this.#tell({ ...this.#progress, ...countsOf(counts), phase: 'copying', totalCount: total });
  }

  copied(counts: Counts): void {
    const atMs = this.#clock.monotonicMs();
    this.#points.push({ atMs, readCount: counts.readCount });
    while ((this.#points[1]?.atMs ?? atMs) < atMs - windowMs) this.#points.shift();
    const first = this.#points[0] ?? { atMs, readCount: counts.readCount };
    const seconds = Math.max(0.001, (atMs - first.atMs) / 1_000);
    const { totalCount } = this.#progress;
    this.#tell({
      ...this.#progress,
      ...countsOf(counts),
      totalCount: totalCount === null ? null : Math.max(totalCount, counts.readCount),
      rate: (counts.readCount - first.readCount) / seconds,
    });
  }

  #tell(progress: RunProgress): void {
    this.#progress = progress;
    this.#report(progress);
  }
}

const countsOf = ({ readCount, writtenCount, rejectedCount, byteCount }: Counts): Counts => ({
  ...{ readCount, writtenCount, rejectedCount, byteCount },
});
