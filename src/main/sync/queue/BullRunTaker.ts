import { randomUUID } from 'node:crypto';
import { type IQueueBackend, Queue, Worker } from 'bullmq';
import { pause, settledWithin } from '../../base/abort.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';
import { Heartbeat } from './Heartbeat.ts';
import { type LockQueue, PipelineLocks } from './PipelineLocks.ts';
import type { QueueStore } from './QueueStore.ts';
import { asQueueError } from './queueErrors.ts';
import { lockQueueName, queueName } from './queueName.ts';
import { type QueueTimings, reconnectDelayMs } from './queueTimings.ts';
import { RunExecution } from './RunExecution.ts';
import type { RunResult, RunTaker, TakenRun } from './RunQueue.ts';
import { retryDelayOf } from './RunSettlement.ts';
import type { RunJob } from './runRecords.ts';
import { openBackends } from './stores/openBackends.ts';
import type { QueueBackends } from './stores/QueueBackends.ts';
import type { RunJobHandle } from './TakenJob.ts';

export interface BullRunTakerOptions {
  readonly store: QueueStore;
  /** Id of the key of the worker group. */
  readonly group: string;
  /** Unlike that of any other worker. */
  readonly name: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timings: QueueTimings;
}

/** How a worker stands. */
export interface TakerStatus {
  /** Whether the queue answered when it was last asked for a run. */
  readonly isReachable: boolean;
  /** Since when, in milliseconds since the epoch; null before it answered for the first time. */
  readonly since: number | null;
  readonly runCount: number;
}

type BullWorker = Worker<RunJob, string, string, IQueueBackend, object, object>;

interface Session {
  readonly backends: QueueBackends;
  readonly worker: BullWorker;
  readonly heartbeat: Heartbeat;
  readonly lockQueue: LockQueue;
  readonly locks: PipelineLocks;
}

/** A worker is woken by the store; it looks by itself this often. */
const drainSeconds = 5;
/** Being killed is no failure of a run, however often it happens. */
const maxStalledCount = 1_000_000;
/** What each step of closing may take beside the runs. */
const briefMs = 1_000;
/** Between looks whether the store is there. */
const lookMs = 5_000;

/** The queue on BullMQ, from the side of a worker. */
export class BullRunTaker implements RunTaker {
  readonly #options: BullRunTakerOptions;
  readonly #executions = new Set<RunExecution>();
  #concurrency = 1;
  #session: Session | null = null;
  #taking: Promise<void> = Promise.resolve();
  readonly #closing = new AbortController();
  #isReachable = false;
  /** When that has changed, in milliseconds since the epoch. */
  #since: number | null = null;
  #look: Timer | null = null;
  #wake: () => void = () => undefined;

  constructor(options: BullRunTakerOptions) {
    this.#options = options;
  }

  get status(): TakerStatus {
    return { isReachable: this.#isReachable, since: this.#since, runCount: this.#executions.size };
  }

  async start(execute: (taken: TakenRun) => Promise<RunResult>, concurrency: number): Promise<void> {
    this.#concurrency = concurrency;
    const session = await this.#open();
    this.#session = session;
    this.#reached(null);
    this.#lookLater(session);
    await session.worker.startStalledCheckTimer();
    this.#taking = this.#takeAll(session, execute);
  }

  /** Takes effect with the next run; those that execute go on. */
  setConcurrency(count: number): void {
    this.#concurrency = count;
    this.#wake();
  }

  async close(deadlineMs: number): Promise<void> {
    this.#closing.abort();
    const session = this.#session;
    this.#session = null;
    this.#look?.cancel();
    this.#wake();
    if (session === null) return;
    // A connection that was lost may never say that it has ended.
    await this.#within(briefMs, session.worker.getBackend().disconnectBlocking(true));
    await this.#within(briefMs, this.#taking);
    const runs = [...this.#executions].map((execution) => execution.giveBack());
    await this.#within(deadlineMs, Promise.all(runs));
    // Whatever is still executing is not ours from here on: what it writes is fenced.
    await this.#within(briefMs, Promise.all([...this.#executions].map((execution) => execution.abandon())));
    session.heartbeat.stop();
    await this.#within(briefMs, Promise.allSettled([session.worker.close(true), session.lockQueue.close()]));
    await this.#within(briefMs, session.backends.close());
  }

  #within(limitMs: number, work: Promise<unknown>): Promise<void> {
    return settledWithin(this.#options.clock, limitMs, work);
  }

  async #open(): Promise<Session> {
    const { store, group, name, clock, timings } = this.#options;
    const backends = await openBackends(store);
    const worker: BullWorker = new Worker(
      queueName(group),
      null,
      {
        ...{ connection: {}, name, autorun: false, drainDelay: drainSeconds },
        ...{ lockDuration: timings.lockMs, stalledInterval: timings.stalledMs, maxStalledCount },
        // A failure knows how long it waits: the run's news say so before.
        settings: { backoffStrategy: (_attempt, _type, error) => retryDelayOf(error) },
      },
      backends.factory,
    );
    const lockQueue: LockQueue = new Queue(lockQueueName(group), { connection: {} }, backends.factory);
    // What fails is told by the calls of the loop below.
    worker.on('error', () => undefined);
    lockQueue.on('error', () => undefined);
    try {
      await Promise.all([worker.waitUntilReady(), lockQueue.waitUntilReady()]);
    } catch (error) {
      await Promise.allSettled([worker.close(true), lockQueue.close()]);
      await backends.close();
      throw asQueueError(error);
    }
    const backend = worker.getBackend();
    const heartbeat = new Heartbeat(backend, clock, timings);
    return { backends, worker, heartbeat, lockQueue, locks: new PipelineLocks(lockQueue, backend) };
  }

  async #takeAll(session: Session, execute: (taken: TakenRun) => Promise<RunResult>): Promise<void> {
    const { clock, timings } = this.#options;
    const { signal } = this.#closing;
    let failureCount = 0;
    while (!signal.aborted) {
      if (this.#executions.size >= this.#concurrency) await this.#untilWoken();
      else if (await this.#take(session, execute)) failureCount = 0;
      else {
        await pause(clock, reconnectDelayMs(failureCount, timings), signal).catch(() => undefined);
        failureCount += 1;
      }
    }
  }

  /** Takes a run if there is one, or comes soon. @returns false when the store did not answer */
  async #take(session: Session, execute: (taken: TakenRun) => Promise<RunResult>): Promise<boolean> {
    const token = randomUUID();
    const job = await this.#nextJob(session.worker, token);
    if (job === null || job === undefined) return job === undefined;
    const { name, clock, logger, timings } = this.#options;
    const { heartbeat, locks, worker } = session;
    const execution = new RunExecution({
      ...{ job, token, worker: name, backend: worker.getBackend(), heartbeat, locks, clock, logger, timings },
    });
    this.#executions.add(execution);
    void execution.run(execute).finally(() => {
      this.#executions.delete(execution);
      this.#wake();
    });
    if (this.#closing.signal.aborted) void execution.giveBack();
    return true;
  }

  /** Waits for a run, but not for ever. @returns undefined when there is none, null when the store did not answer */
  async #nextJob(worker: BullWorker, token: string): Promise<RunJobHandle | undefined | null> {
    try {
      const job = await worker.getNextJob(token);
      if (job !== undefined) this.#reached(null);
      return job;
    } catch (error) {
      this.#reached(error);
      return null;
    }
  }

  /** While BullMQ waits for a run it does not say that the store is away. */
  #lookLater(session: Session): void {
    const { clock } = this.#options;
    const look = async (): Promise<void> => {
      const outcome = session.worker.getBackend().getQueueMetaFields(['version']);
      const failure = await outcome.then(
        () => null,
        (error: unknown) => error,
      );
      if (this.#session !== session) return;
      this.#reached(failure);
      this.#lookLater(session);
    };
    this.#look = clock.after(lookMs, () => void look());
  }

  /** @param failure why the store could not be reached; null: it answered */
  #reached(failure: unknown): void {
    const { clock, logger } = this.#options;
    const isReachable = failure === null;
    if (isReachable === this.#isReachable) return;
    if (!isReachable) logger.warn('The queue cannot be reached', {}, asQueueError(failure));
    else if (this.#since !== null) logger.info('The queue is back');
    this.#isReachable = isReachable;
    this.#since = clock.wallMs();
  }

  #untilWoken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
