import { randomUUID } from 'node:crypto';
import { type IQueueBackend, Queue, Worker } from 'bullmq';
import { neverAborted, pause } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';
import { Heartbeat } from './Heartbeat.ts';
import { type LockQueue, PipelineLocks } from './PipelineLocks.ts';
import type { QueueStore } from './QueueStore.ts';
import { asQueueError } from './queueErrors.ts';
import { lockQueueName, queueName } from './queueName.ts';
import type { QueueTimings } from './queueTimings.ts';
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
  #hasFailed = false;
  #wake: () => void = () => undefined;

  constructor(options: BullRunTakerOptions) {
    this.#options = options;
  }

  async start(execute: (taken: TakenRun) => Promise<RunResult>, concurrency: number): Promise<void> {
    this.#concurrency = concurrency;
    const session = await this.#open();
    this.#session = session;
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
    await quietly(session.worker.getBackend().disconnectBlocking(true));
    const runs = [...this.#executions].map((execution) => execution.giveBack());
    await this.#within(deadlineMs, Promise.all([this.#taking, ...runs]));
    // Whatever is still executing is not ours from here on: what it writes is fenced.
    await this.#within(1_000, Promise.all([...this.#executions].map((execution) => execution.abandon())));
    session.heartbeat.stop();
    const closing = [session.worker.close(true), session.lockQueue.close()];
    await this.#within(1_000, Promise.all(closing.map(quietly)));
    await this.#within(1_000, session.backends.close());
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
    const { name, clock, timings } = this.#options;
    const { heartbeat, locks, worker } = session;
    const execution = new RunExecution({
      ...{ job, token, worker: name, backend: worker.getBackend(), heartbeat, locks, clock, timings },
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
      if (this.#hasFailed) logger.info('The queue is back');
      this.#hasFailed = false;
      return job ?? null;
    } catch (error) {
      if (!this.#hasFailed) logger.warn('The queue cannot be reached', {}, asQueueError(error));
      this.#hasFailed = true;
      if (!this.#isClosing) await pause(clock, timings.reconnectMs, neverAborted);
      return null;
    }
  }

  #untilWoken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  async #within(limitMs: number, work: Promise<unknown>): Promise<void> {
    const { clock } = this.#options;
    await new Promise<void>((resolve) => {
      const timer = clock.after(limitMs, resolve);
      void quietly(work).finally(() => {
        timer.cancel();
        resolve();
      });
    });
  }
}

const quietly = (work: Promise<unknown>): Promise<unknown> => work.catch(() => undefined);
