import type { Pipeline, PipelineId, SavedPipeline, Schedule } from '../../shared/model/pipelines.ts';
import type { ScheduleText } from '../../shared/model/pipelineViews.ts';
import { Pace } from '../base/async/Pace.ts';
import type { Clock } from '../base/Clock.ts';
import type { PipelineRepository } from './PipelineRepository.ts';
import type { SavedPipelines } from './SavedPipelines.ts';
import type { Scheduler } from './schedule/Scheduler.ts';
import { cronProblem, scheduleText } from './schedule/scheduleText.ts';

export interface PipelineSchedulesOptions {
  readonly repository: Pick<PipelineRepository, 'slots'>;
  readonly saved: SavedPipelines;
  readonly scheduler: Scheduler;
  readonly clock: Clock;
}

/** The schedules of all pipelines: what they say, and that the scheduler has those that hold. */
export class PipelineSchedules {
  readonly #options: PipelineSchedulesOptions;
  #isStopped = false;

  constructor(options: PipelineSchedulesOptions) {
    this.#options = options;
  }

  /** Reads the schedules of all pipelines, with the times that were handled before, in turns. Never rejects. */
  async start(): Promise<void> {
    const { clock, repository, saved, scheduler } = this.#options;
    const slots = repository.slots();
    const pace = new Pace(clock);
    for (const { id } of [...saved.all()]) {
      await pace.rest();
      if (this.#isStopped) return;
      // One that was saved meanwhile is there already.
      const now = saved.find(id);
      const isNew = now !== null && scheduler.nextOf(id) === null;
      if (isNew) scheduler.set(id, holding(now.pipeline), slots.get(id) ?? null);
    }
    scheduler.start();
  }

  stop(): void {
    this.#isStopped = true;
    this.#options.scheduler.stop();
  }

  /** A schedule that is new, or holds again, begins now: its earlier times are none that were missed. */
  take({ id, pipeline }: SavedPipeline, before: Pipeline | null): void {
    const now = holding(pipeline);
    const earlier = before === null ? null : holding(before);
    if (before === null || JSON.stringify(now) !== JSON.stringify(earlier)) {
      this.#options.scheduler.set(id, now, null);
    }
  }

  drop(id: PipelineId): void {
    this.#options.scheduler.set(id, null, null);
  }

  nextOf(id: PipelineId): number | null {
    return this.#options.scheduler.nextOf(id);
  }

  textOf(schedule: Schedule): Promise<ScheduleText> {
    return scheduleText(schedule, this.#options.clock.wallMs(), (id) => this.#nameOf(id));
  }

  /** Why a schedule cannot be kept; null when it can. @param id null: of a new pipeline */
  problemOf(id: PipelineId | null, schedule: Schedule): string | null {
    if (schedule.type === 'manual') return null;
    if (schedule.type === 'cron') return cronProblem(schedule, this.#options.clock.wallMs());
    if (this.#nameOf(schedule.pipelineId) === null) return 'The pipeline that it follows no longer exists.';
    return this.#isCircle(id, schedule.pipelineId) ? 'It follows a pipeline that follows it in turn.' : null;
  }

  #nameOf(id: PipelineId): string | null {
    return this.#options.saved.find(id)?.pipeline.name ?? null;
  }

  #isCircle(id: PipelineId | null, followed: PipelineId): boolean {
    const seen = new Set<PipelineId>();
    for (let current: PipelineId | null = followed; current !== null; ) {
      if (current === id || seen.has(current)) return true;
      seen.add(current);
      const schedule: Schedule | undefined = this.#options.saved.find(current)?.pipeline.schedule;
      current = schedule?.type === 'after' ? schedule.pipelineId : null;
    }
    return false;
  }
}

const holding = ({ isEnabled, schedule }: Pipeline): Schedule | null => (isEnabled ? schedule : null);
