import type { PipelineId } from '../../../shared/model/pipelines.ts';
import type { Run } from '../../../shared/model/runs.ts';
import { Pace } from '../../base/async/Pace.ts';
import type { Clock } from '../../base/Clock.ts';
import { Emitter } from '../../base/Emitter.ts';
import type { Logger } from '../../observability/Logger.ts';
import type { SavedPipelines } from '../SavedPipelines.ts';
import type { RunBook } from './RunBook.ts';

/** Whether a pipeline does what it should. */
export interface KnownStanding {
  readonly id: PipelineId;
  /** Title of the error with which its last run failed for good; null: it did not fail. */
  readonly failure: string | null;
  /** Since when its run has been due that no worker has begun, in epoch milliseconds; null: none is. */
  readonly dueSince: number | null;
}

export interface PipelineStandingsOptions {
  readonly saved: Pick<SavedPipelines, 'all' | 'find'>;
  readonly book: Pick<RunBook, 'failureOf' | 'open' | 'openOf'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Says of pipelines whether their runs fail or are late. */
export class PipelineStandings {
  readonly onChanged = new Emitter<KnownStanding>();
  readonly #options: PipelineStandingsOptions;
  #isStopped = false;

  constructor(options: PipelineStandingsOptions) {
    this.#options = options;
  }

  /** Tells of all pipelines as they are, in turns. Never rejects. */
  async start(): Promise<void> {
    const { clock, logger, saved } = this.#options;
    const pace = new Pace(clock);
    try {
      for (const { id } of [...saved.all()]) {
        await pace.rest();
        if (this.#isStopped) return;
        this.changed(id);
      }
    } catch (error) {
      logger.warn('Pipelines whose last run failed could not all be found', {}, error);
    }
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** The pipeline, or a run of it, has become another one. @throws STORE_… */
  changed(id: PipelineId): void {
    const { book, saved } = this.#options;
    if (saved.find(id) === null) return;
    const [first] = book.openOf(id);
    const dueSince = first === undefined ? null : this.#dueSince(first);
    this.onChanged.emit({ id, failure: book.failureOf(id), dueSince });
  }

  /** For how long runs have been due that no worker has begun, of the pipelines that have such a run. */
  dueMs(): ReadonlyMap<PipelineId, number> {
    const { book, clock } = this.#options;
    const due = new Map<PipelineId, number>();
    const seen = new Set<PipelineId>();
    for (const run of book.open()) {
      const since = seen.has(run.pipelineId) ? null : this.#dueSince(run);
      seen.add(run.pipelineId);
      if (since !== null) due.set(run.pipelineId, Math.max(0, clock.wallMs() - since));
    }
    return due;
  }

  /**
   * Times that were missed while Mooring was away, and runs by hand, are due when they come into the queue.
   * @param first run of its pipeline that is not over: what waits behind it waits for it, and for no worker
   */
  #dueSince({ pipelineId, startedAt, state, reason, queuedAt }: Run): number | null {
    const isEnabled = this.#options.saved.find(pipelineId)?.pipeline.isEnabled ?? false;
    if (!isEnabled || startedAt !== null || state !== 'waiting') return null;
    return reason.type === 'schedule' ? reason.slot : queuedAt;
  }
}
