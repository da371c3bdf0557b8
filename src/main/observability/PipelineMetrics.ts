import type { PipelineId } from '../../shared/model/pipelines.ts';
import {
  finalRunStates,
  noProgress,
  type Run,
  type RunId,
  type RunProgress,
} from '../../shared/model/runs.ts';
import { DurationHistogram, longBucketSeconds } from './DurationHistogram.ts';

/** How runs end. */
export const runOutcomes = ['succeeded', 'failed', 'cancelled', 'skipped'] as const;
export type RunEnd = (typeof runOutcomes)[number];

/** What was counted of one pipeline since the app began. */
export interface PipelineCounts {
  readonly outcomes: Record<RunEnd, number>;
  /** Of runs that have ended, from the first attempt on. */
  readonly durations: DurationHistogram;
  readCount: number;
  writtenCount: number;
  rejectedCount: number;
  byteCount: number;
  /** Attempts after the first one. */
  retryCount: number;
  /** Epoch milliseconds; null: none since the app began. */
  lastSuccessAt: number | null;
  /** Whether the last run that succeeded or failed has failed. */
  isFailing: boolean;
}

/** What a run had counted when it was looked at last. */
type Seen = Pick<Run, 'attempt' | 'progress'>;

const counted = ['readCount', 'writtenCount', 'rejectedCount', 'byteCount'] as const;

/** Counts what runs of pipelines do, while they do it. */
export class PipelineMetrics {
  readonly #counts = new Map<PipelineId, PipelineCounts>();
  readonly #seen = new Map<RunId, Seen>();

  /** Those that had a run since the app began. */
  get pipelines(): ReadonlyMap<PipelineId, Readonly<PipelineCounts>> {
    return this.#counts;
  }

  /** A run has become this. What it did before the app began is not counted. */
  take(run: Run): void {
    const { id, attempt, progress, state } = run;
    const counts = this.#of(run.pipelineId);
    const seen = this.#seen.get(id) ?? { attempt, progress };
    for (const key of counted) counts[key] += grown(seen.progress, progress, key);
    counts.retryCount += Math.max(0, attempt - Math.max(1, seen.attempt));
    if (!finalRunStates.has(state)) {
      this.#seen.set(id, { attempt, progress });
      return;
    }
    this.#seen.delete(id);
    this.#ended(counts, run);
  }

  /** The pipeline was removed. */
  forget(id: PipelineId): void {
    this.#counts.delete(id);
  }

  #ended(counts: PipelineCounts, { state, startedAt, endedAt }: Run): void {
    const outcome = runOutcomes.find((one) => one === state);
    if (outcome === undefined) return;
    counts.outcomes[outcome] += 1;
    // A clock that was set back makes no time: counters never fall.
    if (startedAt !== null && endedAt !== null) counts.durations.add(Math.max(0, endedAt - startedAt));
    if (outcome === 'succeeded') counts.lastSuccessAt = endedAt;
    if (outcome === 'succeeded' || outcome === 'failed') counts.isFailing = outcome === 'failed';
  }

  #of(id: PipelineId): PipelineCounts {
    const known = this.#counts.get(id);
    if (known !== undefined) return known;
    const { readCount, writtenCount, rejectedCount, byteCount } = noProgress;
    const counts: PipelineCounts = {
      outcomes: { succeeded: 0, failed: 0, cancelled: 0, skipped: 0 },
      ...{ readCount, writtenCount, rejectedCount, byteCount },
      ...{ durations: new DurationHistogram(longBucketSeconds), retryCount: 0 },
      ...{ lastSuccessAt: null, isFailing: false },
    };
    this.#counts.set(id, counts);
    return counts;
  }
}

/** An attempt that begins anew counts from zero. */
const grown = (before: RunProgress, now: RunProgress, key: (typeof counted)[number]): number =>
  now[key] >= before[key] ? now[key] - before[key] : now[key];
