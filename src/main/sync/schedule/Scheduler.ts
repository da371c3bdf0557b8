import type { PipelineId, Schedule } from '../../../shared/model/pipelines.ts';
import { Pace } from '../../base/async/Pace.ts';
import { SerialQueue } from '../../base/async/SerialQueue.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';
import { CronTimes } from './CronTimes.ts';
import { CronRefused } from './cronFields.ts';
import { DueTimes } from './DueTimes.ts';
import { type PassedSlots, passedSlots } from './passedSlots.ts';

/** A time counts as kept when it is noticed this late: the app was busy, not away. */
const graceMs = 60_000;
/** The clock may be set, and a sleep may go unnoticed: the time is looked at this often at least. */
const longestWaitMs = 30_000;
/**
 * A time that was handled and lies further ahead than this was handled by a clock that was wrong; it does not keep the
 * pipeline from running. One that is set back by less, such as by a time zone, runs nothing twice.
 */
const credibleAheadMs = 26 * 3_600_000;

type CronSchedule = Extract<Schedule, { readonly type: 'cron' }>;

/** Times of a pipeline's schedule that have come, and how they are to be handled. */
export interface DueSlots extends PassedSlots {
  readonly id: PipelineId;
  /**
   * `run`: the latest time is kept. `make-up`: one run in place of all of them. `skip`: none, they are recorded. With
   * `run`, `skippedCount` earlier ones are recorded as skipped.
   */
  readonly action: 'run' | 'make-up' | 'skip';
  readonly skippedCount: number;
}

export interface SchedulerOptions {
  /** Records what comes of it and the slot as handled, in one transaction. Must not throw but STORE_…. */
  readonly onDue: (due: DueSlots) => void;
  /** Keeps the last time that was handled. @throws STORE_… */
  readonly putSlot: (id: PipelineId, slot: number) => void;
  /** The next time of a pipeline has changed. */
  readonly onNext: (id: PipelineId) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Scheduled {
  readonly schedule: CronSchedule;
  readonly cron: CronTimes;
  handled: number;
}

/** Says when pipelines are due. There is one timer for all of them. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #due = new DueTimes();
  readonly #scheduled = new Map<PipelineId, Scheduled>();
  readonly #looks = new SerialQueue();
  #timer: Timer | null = null;
  #isStarted = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  /** Begins to look; those set before are looked at now, since their times may have passed while the app was closed. */
  start(): void {
    this.#isStarted = true;
    this.wake();
  }

  stop(): void {
    this.#isStarted = false;
    this.#timer?.cancel();
    this.#timer = null;
  }

  /** The next time of a pipeline; null when it has none. */
  nextOf(id: PipelineId): number | null {
    return this.#due.of(id);
  }

  /**
   * Takes a pipeline's schedule in place of the one before; null: none holds.
   * @param handled the last time of it that was handled, in milliseconds since the epoch; null: it begins now
   */
  set(id: PipelineId, schedule: Schedule | null, handled: number | null): void {
    const cron = schedule?.type === 'cron' ? timesOf(schedule) : null;
    if (schedule?.type !== 'cron' || cron === null) {
      this.#scheduled.delete(id);
      this.#due.set(id, null);
      return;
    }
    const nowMs = this.#options.clock.wallMs();
    const isCredible = handled !== null && handled <= nowMs + credibleAheadMs;
    const scheduled = { schedule, cron, handled: isCredible ? handled : nowMs };
    if (!isCredible) this.#putSlot(id, nowMs);
    this.#scheduled.set(id, scheduled);
    this.#due.set(id, cron.next(scheduled.handled));
    if (this.#isStarted) this.#arm();
  }

  /** Looks at the time now: after a sleep, or when it may have been set. */
  wake(): void {
    void this.#looks.run(() => this.#look());
  }

  async #look(): Promise<void> {
    if (!this.#isStarted) return;
    const pace = new Pace(this.#options.clock);
    const nowMs = this.#options.clock.wallMs();
    this.#distrust(nowMs);
    for (let id = this.#due.takeDue(nowMs); id !== null; id = this.#due.takeDue(nowMs)) {
      await this.#handle(id, nowMs, pace);
      if (!this.#isStarted) return;
    }
    this.#arm();
  }

  async #handle(id: PipelineId, nowMs: number, pace: Pace): Promise<void> {
    const scheduled = this.#scheduled.get(id);
    if (scheduled === undefined) return;
    const { cron, schedule, handled } = scheduled;
    const passed = await passedSlots(cron, handled, nowMs, pace);
    // Another schedule, or none, was set meanwhile.
    if (this.#scheduled.get(id) !== scheduled) return;
    if (passed !== null) {
      try {
        this.#options.onDue({ id, ...passed, ...this.#actionOf(schedule, passed, nowMs) });
      } catch (error) {
        // It is due until it could be kept that it was handled.
        this.#options.logger.error('A scheduled run could not be recorded', { pipeline: id }, error);
        this.#due.set(id, nowMs + longestWaitMs);
        return;
      }
      scheduled.handled = passed.latest;
    }
    this.#due.set(id, cron.next(scheduled.handled));
    this.#options.onNext(id);
  }

  #actionOf(
    { missed }: CronSchedule,
    { latest, count }: PassedSlots,
    nowMs: number,
  ): Pick<DueSlots, 'action' | 'skippedCount'> {
    const isKept = nowMs - latest <= graceMs;
    if (missed === 'once') return { action: isKept && count === 1 ? 'run' : 'make-up', skippedCount: 0 };
    return isKept ? { action: 'run', skippedCount: count - 1 } : { action: 'skip', skippedCount: count };
  }

  /** The clock was set far back: what was handled lies in a time that it had wrong. */
  #distrust(nowMs: number): void {
    for (const [id, scheduled] of this.#scheduled) {
      if (scheduled.handled <= nowMs + credibleAheadMs) continue;
      scheduled.handled = nowMs;
      this.#putSlot(id, nowMs);
      this.#due.set(id, scheduled.cron.next(nowMs));
      this.#options.onNext(id);
    }
  }

  /** One that cannot be kept now counts as long as the app runs, and a later one is kept. */
  #putSlot(id: PipelineId, slot: number): void {
    try {
      this.#options.putSlot(id, slot);
    } catch (error) {
      this.#options.logger.error('A time of a schedule could not be recorded', { pipeline: id }, error);
    }
  }

  #arm(): void {
    this.#timer?.cancel();
    this.#timer = null;
    const first = this.#due.first;
    if (first === null) return;
    const waitMs = Math.min(longestWaitMs, Math.max(0, first - this.#options.clock.wallMs()));
    this.#timer = this.#options.clock.after(waitMs, () => this.wake());
  }
}

/** Null for one that cannot be read, which a save refuses: it stands in a store of another version. */
function timesOf({ expression, timeZone }: CronSchedule): CronTimes | null {
  try {
    return new CronTimes(expression, timeZone);
  } catch (error) {
    if (error instanceof CronRefused) return null;
    throw error;
  }
}
