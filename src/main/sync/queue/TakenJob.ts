import type { IQueueBackend, Job } from 'bullmq';
import { maxLogLines, noProgress, type RunLogLine, type RunProgress } from '../../../shared/model/runs.ts';
import { AppError, cancelledError } from '../../base/AppError.ts';
import { unboundedController } from '../../base/abort.ts';
import { SerialQueue } from '../../base/async/SerialQueue.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import { asQueueError } from './queueErrors.ts';
import type { QueuedRun, RunRequest, TakenRun } from './RunQueue.ts';
import type { RunJob, Taking } from './runRecords.ts';

export type RunJobHandle = Job<RunJob, string, string>;

export interface TakenJobOptions {
  readonly job: Pick<RunJobHandle, 'attemptsMade' | 'moveToWait' | 'moveToCompleted' | 'moveToFailed'>;
  readonly run: QueuedRun;
  /** Proves at the store that the run is this worker's. */
  readonly token: string;
  readonly worker: string;
  readonly backend: Pick<IQueueBackend, 'addLog' | 'extendLock' | 'getJobLogs' | 'updateProgress'>;
  readonly clock: Clock;
  readonly lockMs: number;
}

/** Why a run is not executed any further. `lost`: it is another worker's; `returned`: it is given back. */
export type StopReason = 'requested' | 'lost' | 'returned';

/** Least time between two reports of the progress of a run. */
const reportMs = 500;

/** A run that this worker has taken, and what it says of it. */
export class TakenJob implements TakenRun {
  readonly run: QueuedRun;
  readonly token: string;
  readonly job: TakenJobOptions['job'];
  readonly attempt: number;
  /** When the store last said that the run is ours, on the monotonic clock. */
  renewedAtMs: number;
  readonly #options: TakenJobOptions;
  readonly #controller = unboundedController();
  readonly #reports = new SerialQueue();
  #stopped: StopReason | null = null;
  #request: RunRequest | null = null;
  #progress: RunProgress = noProgress;
  #lines: RunLogLine[] = [];
  #logCount = 0;
  #retryAt: number | null = null;
  #timer: Timer | null = null;

  constructor(options: TakenJobOptions) {
    this.#options = options;
    this.run = options.run;
    this.token = options.token;
    this.job = options.job;
    this.attempt = options.job.attemptsMade + 1;
    this.renewedAtMs = options.clock.monotonicMs();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Null while it may go on. */
  get stopped(): StopReason | null {
    return this.#stopped;
  }

  request(): RunRequest | null {
    return this.#request;
  }

  progress(progress: RunProgress): void {
    this.#progress = progress;
    this.#reportSoon();
  }

  log(level: RunLogLine['level'], text: string): void {
    const at = this.#options.clock.wallMs();
    if (this.#logCount + this.#lines.length >= maxLogLines) return;
    this.#lines.push({ at, level, text: text.slice(0, 2_000) });
    this.#reportSoon();
  }

  async isOwned(): Promise<boolean> {
    if (this.#stopped === 'lost') return false;
    try {
      return await this.#isLocked();
    } catch (error) {
      // The next attempt may learn it.
      throw asQueueError(error);
    }
  }

  /** A person wants it to end. */
  heed(request: RunRequest): void {
    this.#request ??= request;
    const title = request === 'pause' ? 'The run was paused' : 'The run was cancelled';
    this.#stop('requested', new AppError('CANCELLED', { title }));
  }

  /** It may belong to another worker by now. */
  lose(): void {
    this.#stop('lost', lostError());
  }

  /** The worker ends, and somebody else goes on. */
  giveBack(): void {
    this.#stop('returned', cancelledError());
  }

  /** The attempt failed, and another one follows. */
  willRetryIn(delayMs: number): void {
    this.#retryAt = this.#options.clock.wallMs() + delayMs;
  }

  /** Says that it was taken. @throws what the store throws */
  async begin(): Promise<void> {
    const { logs, count } = await this.#options.backend.getJobLogs(this.run.id, 0, 0, true);
    this.#logCount = Math.max(count, logs.length);
    await this.report();
  }

  /** Sends what has not been sent, in order. @throws what the store throws */
  report(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = null;
    return this.#reports.run(() => this.#send());
  }

  async #send(): Promise<void> {
    // It may be ours all the same, when only the store was away for long: then the end of it is told, and so are its figures.
    if (this.#stopped === 'lost' && !(await this.#isLocked())) return;
    const { backend, worker } = this.#options;
    while (this.#lines[0] !== undefined) {
      this.#logCount = await backend.addLog(this.run.id, JSON.stringify(this.#lines[0]), maxLogLines);
      this.#lines.shift();
    }
    const taking: Taking = {
      ...{ id: this.token, attempt: this.attempt, worker, retryAt: this.#retryAt },
      ...{ progress: this.#progress, logCount: this.#logCount },
    };
    await backend.updateProgress(this.run.id, taking);
  }

  /** Whether the store says that the run is ours. @throws what the store throws */
  async #isLocked(): Promise<boolean> {
    const { backend, lockMs } = this.#options;
    return (await backend.extendLock(this.run.id, this.token, lockMs)) > 0;
  }

  /** What cannot be sent now is sent with the next report, at the latest with the run's end. */
  #reportSoon(): void {
    this.#timer ??= this.#options.clock.after(reportMs, () => {
      this.#timer = null;
      this.report().catch(() => undefined);
    });
  }

  #stop(reason: StopReason, error: AppError): void {
    if (this.#stopped !== null && reason !== 'lost') return;
    this.#stopped = reason;
    this.#controller.abort(error);
  }
}

function lostError(): AppError {
  return new AppError('RUN_SUPERSEDED', {
    title: 'The run does not belong to this worker any more',
    detail: 'The queue could not be reached for too long, or this computer stood still.',
    fixes: ['Nothing: another worker goes on with the run.'],
    retryable: true,
  });
}
