import type { IQueueBackend } from 'bullmq';
import { AppError, isAppError } from '../../base/AppError.ts';
import { neverAborted, pause } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';
import type { Heartbeat } from './Heartbeat.ts';
import type { PipelineLocks } from './PipelineLocks.ts';
import type { QueueTimings } from './queueTimings.ts';
import type { QueuedRun, RunResult, TakenRun } from './RunQueue.ts';
import { type Settlement, settle, settlementOf } from './RunSettlement.ts';
import { runJobSchema } from './runRecords.ts';
import { type RunJobHandle, TakenJob } from './TakenJob.ts';

export interface RunExecutionOptions {
  readonly job: RunJobHandle;
  readonly token: string;
  readonly worker: string;
  readonly backend: IQueueBackend;
  readonly heartbeat: Heartbeat;
  readonly locks: PipelineLocks;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timings: QueueTimings;
}

/** One attempt of a run, from the moment it was taken until the queue knows what became of it. */
export class RunExecution {
  readonly #options: RunExecutionOptions;
  readonly #taken: TakenJob;
  #end: Promise<void> = Promise.resolve();
  /** Nothing more is told to the store. */
  #isAbandoned = false;

  constructor(options: RunExecutionOptions) {
    this.#options = options;
    const { job, token, worker, backend, clock, timings } = options;
    const run = queuedRun(job);
    this.#taken = new TakenJob({ job, run, token, worker, backend, clock, lockMs: timings.lockMs });
  }

  /** Never rejects. */
  run(execute: (taken: TakenRun) => Promise<RunResult>): Promise<void> {
    const { heartbeat } = this.#options;
    heartbeat.add(this.#taken);
    this.#end = this.#run(execute).finally(() => heartbeat.remove(this.#taken));
    return this.#end;
  }

  /** Asks it to come to a checkpoint; settles when the store knows that the run waits again, or how it ended. */
  giveBack(): Promise<void> {
    this.#taken.giveBack();
    return this.#end;
  }

  /** Gives the run back although it has not come to a checkpoint. Never rejects. */
  async abandon(): Promise<void> {
    this.#isAbandoned = true;
    this.#taken.lose();
    await this.#options.job.moveToWait(this.#options.token).catch(() => undefined);
  }

  async #run(execute: (taken: TakenRun) => Promise<RunResult>): Promise<void> {
    if ((await this.#untilKnown(() => this.#delayIfBusy())) !== false) return;
    const isBegun = await this.#untilKnown(() => this.#begin());
    if (isBegun === true) {
      const settlement = await this.#execute(execute);
      this.#logIfSuperseded(settlement);
      await this.#settle(settlement);
    }
    // One that is left is taken away by the next run: it sees that this one does not execute.
    if (!this.#isAbandoned) await this.#options.locks.release(this.#options.token).catch(() => undefined);
  }

  /** Puts a run back whose pipeline runs already. @returns whether it did */
  async #delayIfBusy(): Promise<boolean> {
    const { job, token, locks, clock, timings } = this.#options;
    if (await locks.acquire(this.#taken.run, token)) return false;
    await job.moveToDelayed(clock.wallMs() + timings.busyMs * (1 + Math.random() / 2), token);
    return true;
  }

  async #begin(): Promise<true> {
    await this.#taken.begin();
    await this.#options.heartbeat.hear(this.#taken);
    return true;
  }

  async #execute(execute: (taken: TakenRun) => Promise<RunResult>): Promise<Settlement> {
    const taken = this.#taken;
    try {
      if (!isReadable(this.#options.job)) throw unreadableRun();
      if (taken.signal.aborted) throw taken.signal.reason;
      return settlementOf(taken, { result: await execute(taken) });
    } catch (error) {
      return settlementOf(taken, { error });
    }
  }

  #logIfSuperseded(settlement: Settlement): void {
    const taken = this.#taken;
    const failure = settlement.type === 'failed' ? settlement.error : null;
    const reason: unknown = taken.stopped === 'lost' ? taken.signal.reason : failure;
    if (this.#isAbandoned || !isAppError(reason) || reason.code !== 'RUN_SUPERSEDED') return;
    this.#options.logger.warn('A run was taken over by another worker', { run: taken.run.id }, reason);
  }

  async #settle(settlement: Settlement): Promise<void> {
    await this.#untilKnown(() => settle(this.#taken, settlement, this.#options.timings));
  }

  /**
   * Repeats what the store did not answer until it does.
   * @returns null when the run is not this worker's any more, or nobody waits for the answer
   */
  async #untilKnown<Value>(work: () => Promise<Value>): Promise<Value | null> {
    const { clock, timings } = this.#options;
    while (!this.#isAbandoned) {
      try {
        return await work();
      } catch (error) {
        if (isNotOurs(error)) return null;
        await pause(clock, timings.reconnectMs, neverAborted);
      }
    }
    return null;
  }
}

/** BullMQ's codes for a job that is gone, finished, or locked by another worker. */
function isNotOurs(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' && error.code < 0;
}

function isReadable(job: RunJobHandle): boolean {
  return runJobSchema.safeParse(job.data).success;
}

function queuedRun(job: RunJobHandle): QueuedRun {
  const data = runJobSchema.safeParse(job.data).data;
  const id = job.id ?? '';
  return { id, pipelineId: job.name, sealed: data?.sealed ?? '', maxAttempts: data?.maxAttempts ?? 1 };
}

function unreadableRun(): AppError {
  return new AppError('SECRET_TAMPERED', {
    title: 'The run in the queue cannot be read',
    detail: 'The queue holds something else than Mooring puts there.',
    fixes: ['Find out who can write to the queue.', 'Run the pipeline again.'],
  });
}
