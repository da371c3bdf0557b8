import { randomUUID } from 'node:crypto';
import { type IQueueBackend, Queue, Worker } from 'bullmq';
import { neverAborted, pause, settledWithin } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
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

/** The queue on BullMQ, from the side of a worker. */
export class BullRunTaker implements RunTaker {
  readonly #options: BullRunTakerOptions;
  readonly #executions = new Set<RunExecution>();
  #concurrency = 1;
  #session: Session | null = null;
  #taking: Promise<void> = Promise.resolve();
  #isClosing = false;
  /** Since the queue last answered. */
  #failureCount = 0;
  #since: number | null = null;
  #wake: () => void = () => undefined;

  constructor(options: BullRunTakerOptions) {
    this.#options = options;
  }

  get status(): TakerStatus {
    const isReachable = this.#since !== null && this.#failureCount === 0;
    return { isReachable, since: this.#since, runCount: this.#executions.size };
  }

  async start(execute: (taken: TakenRun) => Promise<RunResult>, concurrency: number): Promise<void> {
    this.#concurrency = concurrency;
    const session = await this.#open();
    this.#session = session;
    this.#since = this.#options.clock.wallMs();
    await session.worker.startStalledCheckTimer();
    this.#taking = this.#takeAll(session, execute);
  }

  /** Takes effect with the next run; those that execute go on. */
  setConcurrency(count: number): void {
    this.#concurrency = count;
    this.#wake();
  }

  async close(deadlineMs: number): Promise<void> {
    this.#isClosing = true;
    const session = this.#session;
    this.#session = null;
    this.#wake();
    if (session === null) return;
    // A connection that was lost may never say that it has ended.
    await settledWithin(this.#options.clock, 1_000, session.worker.getBackend().disconnectBlocking(true));
    const runs = [...this.#executions].map((execution) => execution.giveBack());
    await settledWithin(this.#options.clock, deadlineMs, Promise.all([this.#taking, ...runs]));
    // Whatever is still executing is not ours from here on: what it writes is fenced.
    await settledWithin(
      this.#options.clock,
      1_000,
      Promise.all([...this.#executions].map((execution) => execution.abandon())),
    );
    session.heartbeat.stop();
    const closing = [session.worker.close(true), session.lockQueue.close()];
    await settledWithin(this.#options.clock, 1_000, Promise.all(closing.map(quietly)));
    await settledWithin(this.#options.clock, 1_000, session.backends.close());
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
      await Promise.all([quietly(worker.close(true)), quietly(lockQueue.close())]);
      await backends.close();
      throw asQueueError(error);
    }
    const backend = worker.getBackend();
    const heartbeat = new Heartbeat(backend, clock, timings);
    return { backends, worker, heartbeat, lockQueue, locks: new PipelineLocks(lockQueue, backend) };
  }

  async #takeAll(session: Session, execute: (taken: TakenRun) => Promise<RunResult>): Promise<void> {
    while (!this.#isClosing) {
      if (this.#executions.size >= this.#concurrency) await this.#untilWoken();
      else await this.#take(session, execute);
    }
  }

  async #take(session: Session, execute: (taken: TakenRun) => Promise<RunResult>): Promise<void> {
    const token = randomUUID();
    const job = await this.#nextJob(session.worker, token);
    if (job === null) return;
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
    if (this.#isClosing) void execution.giveBack();
  }

  /** Waits for a run, but not for ever; null when there is none. */
  async #nextJob(worker: BullWorker, token: string): Promise<RunJobHandle | null> {
    const { clock, logger, timings } = this.#options;
    try {
      const job = await worker.getNextJob(token);
      // BullMQ does not say when it waited for a store that is away.
      if (job === undefined) await worker.getBackend().getQueueMetaFields(['version']);
      if (this.#failureCount > 0) {
        this.#since = clock.wallMs();
        logger.info('The queue is back');
      }
      this.#failureCount = 0;
      return job ?? null;
    } catch (error) {
      if (this.#failureCount === 0) {
        this.#since = clock.wallMs();
        logger.warn('The queue cannot be reached', {}, asQueueError(error));
      }
      const delayMs = reconnectDelayMs(this.#failureCount, timings);
      this.#failureCount += 1;
      if (!this.#isClosing) await pause(clock, delayMs, neverAborted);
      return null;
    }
  }

  #untilWoken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

const quietly = (work: Promise<unknown>): Promise<unknown> => work.catch(() => undefined);
