import { hostname } from 'node:os';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';
import type { StartedWorker, WorkerProcess } from './WorkerProcess.ts';
import { fromWorkerSchema, type ReplacedSecret, type StartWorker } from './workerMessages.ts';
import { workerName } from './workerName.ts';

export interface WorkerSupervisorOptions {
  readonly process: WorkerProcess;
  readonly onReady: () => void;
  /** The worker process of this name is gone, and has not said so before. */
  readonly onLost: (name: string) => void;
  readonly onSecret: (secret: ReplacedSecret) => void;
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
    const { clock } = this.#options;
    const process = this.#options.process.start();
    const name = workerName(hostname());
    const exit = new Promise<void>((resolve) => process.onExit(resolve));
    const running = { name, process, startedAtMs: clock.monotonicMs(), exit };
    this.#running = running;
    process.onMessage((message) => this.#hear(running, message));
    void exit.then(() => this.#ended(running));
    process.post({ type: 'start', name, ...task });
  }

  #hear(running: Running, message: unknown): void {
    const parsed = fromWorkerSchema.safeParse(message);
    if (!parsed.success) running.process.kill();
    else if (parsed.data.type === 'ready') this.#options.onReady();
    else if (parsed.data.type === 'log') {
      const { level, message: text, code } = parsed.data;
      this.#options.logger[level](text, { code });
    } else {
      const { sourceId, field, value } = parsed.data;
      this.#options.onSecret({ sourceId, field, value });
    }
  }

  #ended(running: Running): void {
    const { clock, logger, onLost } = this.#options;
    this.#running = null;
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
