import { AppError, toErrorDto } from '../../base/AppError.ts';
import { pause, throwIfAborted } from '../../base/abort.ts';
import { SharedWork } from '../../base/async/SharedWork.ts';
import type { Clock } from '../../base/Clock.ts';
import { Emitter } from '../../base/Emitter.ts';
import type { ServerSecrets } from '../../embedded/login/serverPassword.ts';
import type { Logger } from '../../observability/Logger.ts';
import type { BullRunQueue } from '../queue/BullRunQueue.ts';
import { QueueServer, type QueueServerOptions } from '../queue/QueueServer.ts';
import type { QueueStore } from '../queue/QueueStore.ts';
import { defaultTimings, type QueueTimings } from '../queue/queueTimings.ts';
import type { RunEngine, RunEngineStatus } from '../queue/RunEngine.ts';
import type { RunQueue } from '../queue/RunQueue.ts';
import { newWorkerKey, readWorkerKey, type WorkerKey, writeWorkerKey } from '../queue/WorkerKey.ts';
import type { ReserveConnections } from './WorkerLeases.ts';
import type { WorkerProcess } from './WorkerProcess.ts';
import { WorkerSupervisor } from './WorkerSupervisor.ts';
import type { AttemptEnd, ReplacedSecret } from './workerMessages.ts';

/** What the engine works with from its next start on. */
export interface RunEngineTarget {
  /** Where the queue is kept; null: in a server of the app's own, on this computer. */
  readonly store: QueueStore | null;
  /** Whether this computer has a worker of it. */
  readonly executesHere: boolean;
}

export interface RunEngineOptions {
  /** Asked at each start. @throws what the vault throws */
  readonly target: () => Promise<RunEngineTarget>;
  readonly server: Pick<QueueServerOptions, 'binaries' | 'dataFolder' | 'secrets'>;
  /** Where the line of the worker key is kept. */
  readonly keySecrets: ServerSecrets;
  readonly workerProcess: WorkerProcess;
  readonly concurrency: number;
  /** A server has replaced a secret of a data source. */
  readonly onSecret: (secret: ReplacedSecret) => void;
  /** An attempt of a run has ended, with what it did. */
  readonly onAttempt: (end: AttemptEnd) => void;
  readonly reserve: ReserveConnections;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timings?: QueueTimings;
}

const firstRetryMs = 500;
const longestRetryMs = 15_000;

/** What runs need on this computer: the queue, and the worker process that executes them. */
export class LocalRunEngine implements RunEngine {
  readonly onStatus = new Emitter<RunEngineStatus>();
  readonly #options: RunEngineOptions;
  readonly #server: QueueServer;
  readonly #worker: WorkerSupervisor;
  readonly #starting: SharedWork<RunQueue>;
  #status: RunEngineStatus = { state: 'stopped', problem: null };
  #concurrency: number;
  #key: Promise<WorkerKey> | null = null;
  #queue: BullRunQueue | null = null;
  /** Aborts what brings things back, when the engine is stopped. */
  #life = new AbortController();

  constructor(options: RunEngineOptions) {
    this.#options = options;
    const { clock, logger, onAttempt, onSecret, reserve, workerProcess, server } = options;
    this.#concurrency = options.concurrency;
    this.#server = new QueueServer({ ...server, clock, logger, onLost: () => this.#serverLost() });
    this.#worker = new WorkerSupervisor({
      ...{ process: workerProcess, onAttempt, onSecret, reserve, clock, logger },
      onReady: () => this.#tell('running'),
      onLost: (name) => void this.#untilDone((queue) => queue.releaseRunsOf(name)),
    });
    this.#starting = new SharedWork((signal) => this.#start(signal));
  }

  get status(): RunEngineStatus {
    return this.#status;
  }

  start(signal: AbortSignal): Promise<RunQueue> {
    return this.#queue === null ? this.#starting.join(signal) : Promise.resolve(this.#queue);
  }

  key(): Promise<WorkerKey> {
    this.#key ??= this.#openKey().catch((error: unknown) => {
      this.#key = null;
      throw error;
    });
    return this.#key;
  }

  setConcurrency(count: number): void {
    this.#concurrency = count;
    this.#worker.setConcurrency(count);
  }

  async retarget(deadlineMs: number): Promise<void> {
    const queue = this.#queue;
    if (queue === null) return;
    const { store, executesHere } = await this.#options.target();
    if (!executesHere) {
      await this.#worker.stop(deadlineMs);
      return;
    }
    const key = await this.key();
    const place = store ?? (await this.#server.ensureRunning(this.#life.signal));
    if (this.#queue === queue) this.#work(place, key);
  }

  async replaceKey(key: WorkerKey): Promise<void> {
    await this.#options.keySecrets.write(writeWorkerKey(key));
    this.#key = Promise.resolve(key);
  }

  async stop(deadlineMs: number): Promise<void> {
    const reason = new AppError('SHUTTING_DOWN', { title: 'Pipelines are being stopped' });
    this.#starting.cancel(reason);
    this.#life.abort(reason);
    const queue = this.#queue;
    this.#queue = null;
    const startMs = this.#options.clock.monotonicMs();
    await this.#worker.stop(deadlineMs * 0.7);
    await queue?.close();
    const restMs = deadlineMs - (this.#options.clock.monotonicMs() - startMs);
    await this.#server.stop(Math.max(restMs, 200)).catch((error: unknown) => {
      this.#options.logger.warn('The queue server could not be stopped', {}, error);
    });
    this.#tell('stopped');
  }

  /** Stops the queue's server that an earlier run of the app left, when nothing here uses it. Never rejects. */
  endLeft(): Promise<void> {
    return this.#server.endLeft();
  }

  async #start(signal: AbortSignal): Promise<RunQueue> {
    this.#tell('starting');
    this.#life = new AbortController();
    try {
      return await this.#bringUp(signal);
    } catch (error) {
      if (!signal.aborted) this.#tell('unavailable', error);
      throw error;
    }
  }

  async #bringUp(signal: AbortSignal): Promise<RunQueue> {
    const key = await this.key();
    const target = await this.#options.target();
    const store = target.store ?? (await this.#server.ensureRunning(signal));
    const queue = await this.#openQueue(store, key, target.store !== null);
    try {
      throwIfAborted(signal);
      // Nobody but this app takes runs from its own server, and no worker of it runs yet.
      if (target.store === null) await queue.releaseRunsOf(null);
      // It was stopped meanwhile: nobody would stop what begins now.
      throwIfAborted(signal);
    } catch (error) {
      await queue.close();
      throw error;
    }
    this.#queue = queue;
    if (target.executesHere) this.#work(store, key);
    else this.#tell('running');
    return queue;
  }

  async #openQueue(store: QueueStore, key: WorkerKey, isShared: boolean): Promise<BullRunQueue> {
    const { clock, logger, timings = defaultTimings } = this.#options;
    // Loaded with the first run: it takes longer than all else of a start.
    const { BullRunQueue } = await import('../queue/BullRunQueue.ts');
    const queue = new BullRunQueue({ store, group: key.id, isWatched: isShared, clock, logger, timings });
    queue.onReached.on((problem) => {
      if (this.#queue === queue) this.#tell(problem === null ? 'running' : 'unavailable', problem);
    });
    await queue.connect();
    return queue;
  }

  #work(store: QueueStore, key: WorkerKey): void {
    this.#worker.run({ store, key: writeWorkerKey(key), concurrency: this.#concurrency });
  }

  /** The vault has the key before a run is sealed with it. */
  async #openKey(): Promise<WorkerKey> {
    const { keySecrets } = this.#options;
    const line = await keySecrets.read();
    if (line !== null) return readWorkerKey(line);
    const key = newWorkerKey();
    await keySecrets.write(writeWorkerKey(key));
    return key;
  }

  #serverLost(): void {
    if (this.#queue === null) return;
    this.#options.logger.warn('The queue server exited unexpectedly');
    this.#tell('unavailable');
    void this.#untilDone(async (queue) => {
      const store = await this.#server.ensureRunning(this.#life.signal);
      const key = await this.key();
      // On the port it had, connections come back by themselves.
      await (queue.isAt(store) ? queue.connect() : queue.moveTo(store));
      this.#work(store, key);
      this.#tell('running');
    });
  }

  /** Repeats work that fails as long as the queue is away, until it is done or the engine is stopped. Never rejects. */
  async #untilDone(work: (queue: BullRunQueue) => Promise<void>): Promise<void> {
    const { clock, logger } = this.#options;
    const { signal } = this.#life;
    for (let waitMs = firstRetryMs; this.#queue !== null && !signal.aborted; waitMs *= 2) {
      try {
        return await work(this.#queue);
      } catch (error) {
        logger.debug('The queue is not back yet', { reason: error instanceof AppError ? error.code : null });
      }
      await pause(clock, Math.min(waitMs, longestRetryMs), signal).catch(() => undefined);
    }
  }

  #tell(state: RunEngineStatus['state'], problem: unknown = null): void {
    if (state === this.#status.state && problem === null && this.#status.problem === null) return;
    this.#status = { state, problem: problem === null ? null : toErrorDto(problem, null) };
    this.onStatus.emit(this.#status);
  }
}
