import { hostname } from 'node:os';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';
import { type ReserveConnections, WorkerLeases } from './WorkerLeases.ts';
import type { StartedWorker, WorkerProcess } from './WorkerProcess.ts';
import {
  type AttemptEnd,
  type FromWorker,
  fromWorkerSchema,
  type LeaseAnswer,
  type ReplacedSecret,
  type StartWorker,
} from './workerMessages.ts';
import { workerName } from './workerName.ts';

export interface WorkerSupervisorOptions {
  readonly process: WorkerProcess;
  readonly onReady: () => void;
  /** The worker process of this name is gone, and has not said so before. */
  readonly onLost: (name: string) => void;
  readonly onSecret: (secret: ReplacedSecret) => void;
  readonly onAttempt: (end: AttemptEnd) => void;
  readonly reserve: ReserveConnections;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What a worker is started with, besides its name. */
export type WorkerTask = Omit<StartWorker, 'type' | 'name'>;

const firstRestartMs = 200;
const longestRestartMs = 30_000;
/** A worker that lived for so long was all right. */
const healthyMs = 60_000;

interface Running {
  readonly name: string;
  readonly process: StartedWorker;
  readonly leases: WorkerLeases;
  readonly startedAtMs: number;
  readonly exit: Promise<void>;
}

/** Keeps one worker process running: one that ends by itself is started again, more and more slowly when it keeps ending. */
export class WorkerSupervisor {
  readonly #options: WorkerSupervisorOptions;
  #task: WorkerTask | null = null;
  #running: Running | null = null;
  #restart: Timer | null = null;
  #restartMs = firstRestartMs;

  constructor(options: WorkerSupervisorOptions) {
    this.#options = options;
  }

  /** Starts the worker, or starts it anew when its queue is elsewhere now. */
  run(task: WorkerTask): void {
    const isElsewhere =
      this.#task !== null && JSON.stringify(this.#task.store) !== JSON.stringify(task.store);
    this.#task = task;
    if (isElsewhere) this.#running?.process.kill();
    else if (this.#running === null && this.#restart === null) this.#start(task);
  }

  setConcurrency(count: number): void {
    if (this.#task === null) return;
    this.#task = { ...this.#task, concurrency: count };
    this.#running?.process.post({ type: 'concurrency', count });
  }

  /** Ends the worker: in order within the time, else by force. */
  async stop(deadlineMs: number): Promise<void> {
    this.#task = null;
    this.#restart?.cancel();
    this.#restart = null;
    const running = this.#running;
    if (running === null) return;
    running.process.post({ type: 'stop', deadlineMs });
    const timer = this.#options.clock.after(deadlineMs, () => running.process.kill());
    await running.exit;
    timer.cancel();
  }

  #start(task: WorkerTask): void {
    const { clock, logger, reserve } = this.#options;
    const process = this.#options.process.start();
    const answer = (lease: LeaseAnswer) => process.post({ type: 'lease', ...lease });
    const leases = new WorkerLeases({ reserve, answer, logger });
    const name = workerName(hostname());
    const exit = new Promise<void>((resolve) => process.onExit(resolve));
    const running = { name, process, leases, startedAtMs: clock.monotonicMs(), exit };
    this.#running = running;
    process.onMessage((message) => this.#hear(running, message));
    void exit.then(() => this.#ended(running));
    process.post({ type: 'start', name, ...task });
  }

  #hear(running: Running, message: unknown): void {
    const parsed = fromWorkerSchema.safeParse(message);
    if (parsed.success) this.#take(running, parsed.data);
    else running.process.kill();
  }

  #take({ leases }: Running, message: FromWorker): void {
    const { logger, onAttempt, onReady, onSecret } = this.#options;
    if (message.type === 'ready') onReady();
    else if (message.type === 'log') logger[message.level](message.message, { code: message.code });
    else if (message.type === 'lease') leases.ask(message);
    else if (message.type === 'release') leases.release(message.id);
    else if (message.type === 'trace') onAttempt({ runId: message.runId, steps: message.steps });
    else {
      const { sourceId, field, value } = message;
      onSecret({ sourceId, field, value });
    }
  }

  #ended(running: Running): void {
    const { clock, logger, onLost } = this.#options;
    this.#running = null;
    running.leases.endAll();
    if (this.#task === null) return;
    onLost(running.name);
    if (clock.monotonicMs() - running.startedAtMs >= healthyMs) this.#restartMs = firstRestartMs;
    logger.warn('The worker process ended and is started again', { delayMs: this.#restartMs });
    this.#restart = clock.after(this.#restartMs, () => {
      this.#restart = null;
      if (this.#task !== null) this.#start(this.#task);
    });
    this.#restartMs = Math.min(this.#restartMs * 2, longestRestartMs);
  }
}
