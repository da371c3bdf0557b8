import { isDeepStrictEqual } from 'node:util';
import { type IQueueBackend, Queue, QueueEvents } from 'bullmq';
import { maxLogLines, type RunId } from '../../../shared/model/runs.ts';
import type { AppError } from '../../base/AppError.ts';
import { settledWithin } from '../../base/abort.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import { Emitter } from '../../base/Emitter.ts';
import type { Logger } from '../../observability/Logger.ts';
import type { QueueStore } from './QueueStore.ts';
import { asQueueError, queueUnavailable } from './queueErrors.ts';
import { queueName } from './queueName.ts';
import type { QueueTimings } from './queueTimings.ts';
import { RunFollower } from './RunFollower.ts';
import type { QueuedRun, RunNews, RunQueue, RunRequest } from './RunQueue.ts';
import { type RunJob, readEnding, requestField, toldField } from './runRecords.ts';
import { openBackends } from './stores/openBackends.ts';
import type { QueueBackends } from './stores/QueueBackends.ts';

export interface BullRunQueueOptions {
  readonly store: QueueStore;
  /** Id of the key of the worker group: each group has a queue of its own. */
  readonly group: string;
  /** Whether the store is asked whether it is there when there is nothing else to ask. */
  readonly isWatched?: boolean;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timings: QueueTimings;
}

/** The connections to one store. */
interface Session {
  readonly backends: QueueBackends;
  readonly queue: Queue<RunJob, string, string, RunJob, string, string, IQueueBackend, object>;
  readonly events: QueueEvents<string, IQueueBackend, object>;
  readonly backend: IQueueBackend;
}

/** Runs that ended and that nobody has forgotten, as those of an app that was removed, go after so long. */
const keptSeconds = 30 * 24 * 3_600;
const closeMs = 1_000;

/** A clock that is set back by less is ignored: runs wait so much longer. */
const setBackMs = 5_000;

/** Events are asked for anew so often. */
const eventsMs = 5_000;

/** The queue on BullMQ, from the side that asks for runs. */
export class BullRunQueue implements RunQueue {
  readonly onNews = new Emitter<RunNews>();
  /** The store could not be reached for the reason given, or, with null, can be again. */
  readonly onReached = new Emitter<AppError | null>();
  readonly #options: BullRunQueueOptions;
  readonly #follower = new RunFollower((news) => this.onNews.emit(news));
  /** Of runs that have not ended: a request that came too late for one attempt ends the wait for the next. */
  readonly #requests = new Map<RunId, RunRequest>();
  #store: QueueStore;
  #session: Session | null = null;
  #look: Timer | null = null;
  /** Before, news would be told to nobody. */
  #isListening = false;
  #isReached = true;
  /** The latest time of the wall clock at a look; less once it was seen that the clock is set back. */
  #latestMs = 0;

  constructor(options: BullRunQueueOptions) {
    this.#options = options;
    this.#store = options.store;
  }

  /** Connects without telling news. @throws QUEUE_UNAVAILABLE */
  async connect(): Promise<void> {
    this.#session ??= await this.#open();
  }

  async start(): Promise<void> {
    await this.connect();
    this.#isListening = true;
    await this.#call(({ backend }) => this.#follower.lookAtAll(backend));
    this.#lookLater();
  }

  isAt(store: QueueStore): boolean {
    return isDeepStrictEqual(store, this.#store);
  }

  /** Its server is elsewhere now. @throws QUEUE_UNAVAILABLE */
  async moveTo(store: QueueStore): Promise<void> {
    const before = this.#session;
    this.#session = null;
    if (before !== null) await closeSession(before, this.#options.clock);
    this.#store = store;
    await this.connect();
  }

  async add(run: QueuedRun): Promise<boolean> {
    return this.#call(async ({ queue, backend }) => {
      if (!(await this.#makeRoom(backend, run.id))) return false;
      const { id, pipelineId, maxAttempts } = run;
      const kept = { removeOnComplete: { age: keptSeconds }, removeOnFail: { age: keptSeconds } };
      const retried = { attempts: maxAttempts, backoff: { type: 'mooring' } };
      // A trace would hold paths of the worker's computer.
      await queue.add(pipelineId, dataOf(run), {
        ...{ jobId: id, keepLogs: maxLogLines, stackTraceLimit: 0 },
        ...kept,
        ...retried,
      });
      this.#follower.follow(id);
      return true;
    });
  }

  async renew(run: QueuedRun): Promise<boolean> {
    return this.#call(async ({ queue, backend }) => {
      const state = await backend.getState(run.id);
      if (state === 'unknown' || (await isStopped(backend, run.id, state))) return false;
      if (state !== 'completed' && state !== 'failed')
        await (await queue.getJob(run.id))?.updateData(dataOf(run));
      return true;
    });
  }

  async request(id: RunId, request: RunRequest): Promise<void> {
    await this.#call(async ({ backend }) => {
      this.#requests.set(id, request);
      await backend.setQueueMeta({ [requestField(id)]: request });
      await this.#endWaiting(backend, id, request);
    });
  }

  async forget(id: RunId): Promise<void> {
    await this.#call(async ({ backend }) => {
      await this.#remove(backend, id);
    });
  }

  /**
   * Gives runs back whose worker is known to be gone, at once instead of after its lock.
   * @param worker its name; null: all workers are gone
   */
  async releaseRunsOf(worker: string | null): Promise<void> {
    await this.#call(async ({ backend }) => {
      const [ids = []] = await backend.getRanges(['active'], 0, -1, true);
      for (const id of ids) {
        const job = await backend.getJobData(id);
        const isTheirs = worker === null || job?.processedBy === worker;
        if (job !== undefined && isTheirs) await backend.moveJobFromActiveToWait(id, '0');
      }
    });
  }

  async close(): Promise<void> {
    this.#isListening = false;
    this.#look?.cancel();
    const session = this.#session;
    this.#session = null;
    if (session !== null) await closeSession(session, this.#options.clock);
  }

  async #open(): Promise<Session> {
    const { group } = this.#options;
    const backends = await openBackends(this.#store);
    const name = queueName(group);
    const queue: Session['queue'] = new Queue(name, { connection: {} }, backends.factory);
    // Shorter than a store may take to answer.
    const options = { connection: {}, blockingTimeout: eventsMs };
    const events: Session['events'] = new QueueEvents(name, options, backends.factory);
    const session = { backends, queue, events, backend: queue.getBackend() };
    // What fails is told by the calls; events that were missed are made up for by the next look.
    queue.on('error', () => undefined);
    events.on('error', () => undefined);
    this.#listen(session);
    try {
      await Promise.all([queue.waitUntilReady(), events.waitUntilReady()]);
    } catch (error) {
      await closeSession(session, this.#options.clock);
      throw asQueueError(error);
    }
    return session;
  }

  #listen({ events, backend }: Session): void {
    const look = ({ jobId }: { jobId: string }) => this.#quietly(() => this.#lookAt(backend, jobId));
    for (const event of ['active', 'waiting', 'delayed', 'stalled', 'completed', 'failed'] as const) {
      events.on(event, look);
    }
    events.on('progress', ({ jobId, data }) =>
      this.#quietly(() => this.#follower.progressed(backend, jobId, data)),
    );
  }

  async #lookAt(backend: IQueueBackend, id: string): Promise<void> {
    await this.#follower.lookAt(backend, id);
    const request = this.#requests.get(id);
    if (request !== undefined) await this.#endWaiting(backend, id, request);
  }

  /** A run that only waits is taken out of the queue; one that executes is left to its worker. */
  async #endWaiting(backend: IQueueBackend, id: RunId, request: RunRequest): Promise<void> {
    const state = await backend.getState(id);
    if (state === 'active') return;
    if (state === 'completed' || state === 'failed') {
      this.#requests.delete(id);
      return;
    }
    if (state !== 'unknown' && (await backend.remove(id, false)) === 0) return;
    // An event of the run and the request itself may both come here.
    if (await this.#remove(backend, id)) await this.#follower.ended(id, { type: 'stopped', id, request });
  }

  /** @returns whether a run of this id may be added: none is there, or one that a person stopped */
  async #makeRoom(backend: IQueueBackend, id: RunId): Promise<boolean> {
    const state = await backend.getState(id);
    if (state === 'unknown') return true;
    if (!(await isStopped(backend, id, state))) return false;
    await this.#remove(backend, id);
    return true;
  }

  /** @returns whether a person had asked for its end, and nobody has removed it since */
  async #remove(backend: IQueueBackend, id: RunId): Promise<boolean> {
    await backend.remove(id, false);
    await backend.removeQueueMetaFields([requestField(id), toldField(id)]);
    this.#follower.forget(id);
    return this.#requests.delete(id);
  }

  #lookLater(): void {
    if (!this.#isListening) return;
    const { clock, timings } = this.#options;
    this.#latestMs = Math.max(this.#latestMs, clock.wallMs());
    this.#look?.cancel();
    this.#look = clock.after(timings.lookMs, () => void this.#lookNow().finally(() => this.#lookLater()));
  }

  async #lookNow(): Promise<void> {
    const hasRuns = this.#follower.hasOpenRuns;
    if (hasRuns) await this.#endDelaysOnSetBack().catch(() => undefined);
    if (this.#session === null || !(hasRuns || this.#options.isWatched === true)) return;
    // One that fails is followed by another one soon.
    const look = ({ backend }: Session) =>
      hasRuns ? this.#follower.lookAtAll(backend) : backend.getQueueMetaFields(['version']);
    await this.#call<unknown>(look).catch(() => undefined);
  }

  /**
   * Runs that wait for their next attempt wait for a time of the wall clock. When that was set back they would wait for as
   * much longer: they are tried at once.
   */
  async #endDelaysOnSetBack(): Promise<void> {
    const nowMs = this.#options.clock.wallMs();
    if (nowMs > this.#latestMs - setBackMs) return;
    await this.#call(async ({ backend }) => {
      let count: number;
      do count = await backend.promoteJobs();
      while (count > 0);
    });
    this.#latestMs = nowMs;
  }

  #quietly(work: () => Promise<void>): void {
    if (!this.#isListening) return;
    work().catch((error: unknown) => {
      this.#options.logger.debug('News of a run are late', { reason: asQueueError(error).code });
    });
  }

  async #call<Value>(work: (session: Session) => Promise<Value>): Promise<Value> {
    if (this.#session === null) throw queueUnavailable();
    try {
      const value = await work(this.#session);
      this.#reached(null);
      return value;
    } catch (error) {
      const problem = asQueueError(error);
      this.#reached(problem);
      throw problem;
    }
  }

  #reached(problem: AppError | null): void {
    const isReached = problem === null;
    if (isReached === this.#isReached) return;
    this.#isReached = isReached;
    this.onReached.emit(problem);
  }
}

const dataOf = ({ pipelineId, sealed, maxAttempts }: QueuedRun): RunJob => ({
  pipelineId,
  sealed,
  maxAttempts,
});

/** Whether a person has ended it: it can be added again. */
async function isStopped(backend: IQueueBackend, id: RunId, state: string): Promise<boolean> {
  const job = state === 'failed' ? await backend.getJobData(id) : undefined;
  return readEnding(job?.failedReason)?.type === 'stopped';
}

/** A connection that was lost may never say that it has ended. */
async function closeSession({ events, queue, backends }: Session, clock: Clock): Promise<void> {
  await settledWithin(clock, closeMs, Promise.allSettled([events.close(), queue.close()]));
  await backends.close();
}
