import { randomUUID } from 'node:crypto';
import type { PipelineId } from '../../../shared/model/pipelines.ts';
import type { RunPageInput } from '../../../shared/model/pipelineViews.ts';
import type { Run, RunId, RunLogLine, RunReason } from '../../../shared/model/runs.ts';
import { AppError } from '../../base/AppError.ts';
import { Pace } from '../../base/async/Pace.ts';
import type { Clock } from '../../base/Clock.ts';
import { Emitter } from '../../base/Emitter.ts';
import type { PipelineRepository, RecentRun, RunOrigin } from '../PipelineRepository.ts';
import { isOver, newRun, type RunChange, skippedRun, withNews } from './runStates.ts';

/** Runs that the list shows of a pipeline. */
const recentCount = 20;

const passedText = 'Skipped: the time of the schedule had passed before Mooring could run it.';
const underWayText = 'Skipped: an earlier run of this pipeline was still under way.';
const nothing = (): void => undefined;

/** A time of a schedule at which nothing is run. */
export interface SkippedTime {
  readonly pipelineId: PipelineId;
  readonly reason: RunReason;
  readonly origin: RunOrigin;
}

/** A run as it has become. */
export interface RunTurn {
  readonly run: Run;
  /** Its state, attempt or failure is another one: more than its progress. */
  readonly isTurn: boolean;
}

export interface RunBookOptions {
  readonly repository: PipelineRepository;
  readonly keptRuns: () => number;
  readonly clock: Clock;
}

/**
 * All runs: those under way in memory, and in the store as they were when their state last changed. How far a run is
 * between two states is told, and not written.
 */
export class RunBook {
  readonly onTurn = new Emitter<RunTurn>();
  readonly #options: RunBookOptions;
  readonly #open = new Map<RunId, Run>();
  readonly #recent = new Map<
    PipelineId,
    { readonly last: Run | null; readonly runs: readonly RecentRun[] }
  >();
  readonly #failures = new Map<PipelineId, string | null>();
  /** The run that stands for the times that passed while another one was under way, by the id of that. */
  readonly #skippedFor = new Map<RunId, RunId>();
  /** Runs that a transaction under way has changed, in order; null when there is none. */
  #kept: Run[] | null = null;

  /** @throws STORE_… */
  constructor(options: RunBookOptions) {
    this.#options = options;
    for (const run of options.repository.openRuns()) this.#open.set(run.id, run);
  }

  /** Those that are not over, oldest first. */
  open(): Run[] {
    return [...this.#open.values()];
  }

  /** Those of a pipeline that are not over, oldest first. */
  openOf(id: PipelineId): Run[] {
    return this.open().filter(({ pipelineId }) => pipelineId === id);
  }

  /** Null for one that is over, or never was. */
  findOpen(id: RunId): Run | null {
    return this.#open.get(id) ?? null;
  }

  /** @throws NOT_FOUND */
  get(id: RunId): Run {
    const run = this.#open.get(id) ?? this.#options.repository.run(id);
    if (run === null) throw noSuchRun();
    return run;
  }

  /** @param also what else is kept with it, or not at all @throws STORE_… */
  begin(pipelineId: PipelineId, reason: RunReason, origin: RunOrigin, also = nothing): Run {
    const run = newRun(randomUUID(), pipelineId, reason, this.#options.clock.wallMs());
    this.#keep([run], () => {
      this.#options.repository.addRun(run, origin);
      this.#trimmed(pipelineId);
      also();
    });
    return run;
  }

  /**
   * Records that nothing is run at a time. Of the times that pass while one run is under way there is one record, whose
   * log names the others. @param during the run that is under way @param also as of `begin`
   */
  skip(skipped: SkippedTime, during: Run | null, also = nothing): void {
    const { repository, clock } = this.#options;
    const earlier = during === null ? undefined : this.#skippedFor.get(during.id);
    if (earlier !== undefined) {
      repository.transaction(() => {
        repository.addLog(earlier, [this.#line('Another time of the schedule was skipped as well.')]);
        also();
      });
      return;
    }
    const { pipelineId, reason, origin } = skipped;
    const run = skippedRun(randomUUID(), pipelineId, reason, clock.wallMs());
    this.#keep([run], () => {
      repository.addRun(run, origin);
      repository.addLog(run.id, [this.#line(during === null ? passedText : underWayText)]);
      this.#trimmed(pipelineId);
      also();
    });
    if (during !== null) this.#skippedFor.set(during.id, run.id);
  }

  /**
   * @param also what else is kept with a change, or not at all
   * @returns the run as it is now; null for one that is not under way
   * @throws STORE_…
   */
  news(news: RunChange, also: (changed: Run) => void = nothing): Run | null {
    const nowMs = this.#options.clock.wallMs();
    if (news.type !== 'progress') return this.change(news.id, (run) => withNews(run, news, nowMs), also);
    const run = this.#open.get(news.id);
    if (run === undefined) return null;
    const changed = withNews(run, news, nowMs);
    // Its worker was not gone after all.
    if (changed.state !== run.state) return this.change(news.id, () => changed, also);
    if (changed !== run) this.#told(changed, false);
    return changed;
  }

  /** Changes a run that is under way. As `news`. */
  change(id: RunId, change: (run: Run) => Run, also: (changed: Run) => void = nothing): Run | null {
    const run = this.#open.get(id);
    if (run === undefined) return null;
    const changed = change(run);
    if (changed === run) return run;
    this.#keep([changed], () => {
      this.#options.repository.putRun(changed);
      also(changed);
    });
    return changed;
  }

  addLog(id: RunId, lines: readonly RunLogLine[]): void {
    this.#options.repository.addLog(id, lines);
  }

  /** @throws NOT_FOUND */
  log(id: RunId): readonly RunLogLine[] {
    this.get(id);
    return this.#options.repository.log(id);
  }

  /** As they are now: those under way have their progress. */
  page(input: RunPageInput): Run[] {
    return this.#options.repository.page(input).map((run) => this.#open.get(run.id) ?? run);
  }

  /** The run that is under way, else the last one, and the last ones, oldest first. */
  recentOf(id: PipelineId): { readonly run: Run | null; readonly recent: RecentRun[] } {
    const { repository } = this.#options;
    let kept = this.#recent.get(id);
    if (kept === undefined) {
      const [last = null] = repository.page({ pipelineId: id, before: null, limit: 1 });
      kept = { last, runs: repository.recent(id, recentCount).reverse() };
      this.#recent.set(id, kept);
    }
    const [open] = this.openOf(id);
    return { run: open ?? kept.last, recent: [...kept.runs] };
  }

  /** Title of the error with which its last run failed, of those that succeeded or failed; null: it succeeded, or none did. */
  failureOf(id: PipelineId): string | null {
    let failure = this.#failures.get(id);
    if (failure === undefined) {
      failure = this.#options.repository.failure(id);
      this.#failures.set(id, failure);
    }
    return failure;
  }

  /** Its runs are gone with it. */
  forget(id: PipelineId): void {
    for (const run of this.openOf(id)) this.#open.delete(run.id);
    this.#recent.delete(id);
    this.#failures.delete(id);
  }

  /** Removes what is too much of each pipeline, in turns. @throws STORE_… */
  async trim(ids: readonly PipelineId[]): Promise<void> {
    const pace = new Pace(this.#options.clock);
    for (const id of ids) {
      await pace.rest();
      this.#trimmed(id);
    }
  }

  /** Tells of runs once they are kept; of those of a transaction within another one with the outer one. */
  #keep(runs: readonly Run[], work: () => void): void {
    const outer = this.#kept;
    const kept = outer ?? [];
    this.#kept = kept;
    try {
      this.#options.repository.transaction(work);
    } finally {
      this.#kept = outer;
    }
    kept.push(...runs);
    if (outer === null) for (const run of kept) this.#told(run, true);
  }

  #trimmed(id: PipelineId): void {
    this.#options.repository.trimRuns(id, this.#options.keptRuns());
  }

  #told(run: Run, isTurn: boolean): void {
    if (isOver(run)) {
      this.#open.delete(run.id);
      this.#skippedFor.delete(run.id);
    } else this.#open.set(run.id, run);
    if (isTurn) this.#recent.delete(run.pipelineId);
    if (isOver(run)) this.#failures.delete(run.pipelineId);
    this.onTurn.emit({ run, isTurn });
  }

  #line(text: string): RunLogLine {
    return { at: this.#options.clock.wallMs(), level: 'info', text };
  }
}

const noSuchRun = () => new AppError('NOT_FOUND', { title: 'This run no longer exists' });
