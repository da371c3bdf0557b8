import { cancelledError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';
import { defaultTimings } from '../sync/queue/queueTimings.ts';
import { PipelineWorker } from '../sync/worker/PipelineWorker.ts';
import { workerName } from '../sync/worker/workerName.ts';
import type { WorkerHealth } from './HealthEndpoint.ts';
import { headlessRuns } from './headlessRuns.ts';
import type { WorkerSettings } from './workerSettings.ts';

export interface HeadlessWorkerOptions {
  readonly settings: WorkerSettings;
  readonly version: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A worker that takes runs from a shared queue until it is told to stop. */
export class HeadlessWorker {
  readonly #options: HeadlessWorkerOptions;
  readonly #worker: PipelineWorker;
  readonly #life = new AbortController();
  readonly #startedAt: number;

  constructor(options: HeadlessWorkerOptions) {
    this.#options = options;
    const { settings, clock, logger } = options;
    const { store, key, concurrency, filesFolder } = settings;
    const name = workerName(settings.name);
    this.#startedAt = clock.wallMs();
    this.#worker = new PipelineWorker({
      ...{ store, key, name, concurrency, clock, logger, timings: defaultTimings },
      execute: headlessRuns({ filesFolder, workerName: name, clock, logger }),
      // Later runs of this worker get it from the worker itself; the app is out of reach.
      onSecret: () => undefined,
    });
  }

  get health(): WorkerHealth {
    const { isReachable, since, runCount } = this.#worker.status;
    const { version } = this.#options;
    const state = this.#life.signal.aborted
      ? 'stopping'
      : since === null
        ? 'starting'
        : isReachable
          ? 'running'
          : 'unreachable';
    return { version, state, since: new Date(since ?? this.#startedAt).toISOString(), runCount };
  }

  /** Waits for the queue, however long it takes, and then takes runs. Settles when it does, or was told to stop. */
  async start(): Promise<void> {
    const { settings, version, logger } = this.#options;
    const { signal } = this.#life;
    try {
      await this.#worker.start(signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    const { concurrency: max, store, filesFolder } = settings;
    logger.info('Ready: runs are taken from the queue', {
      ...{ version, max, kind: store.type, mode: filesFolder === null ? 'tables' : 'tables and files' },
    });
  }

  /** Lets runs come to a checkpoint within the time, and gives them back. Never rejects. */
  stop(deadlineMs: number): Promise<void> {
    this.#life.abort(cancelledError());
    return this.#worker.close(deadlineMs);
  }
}
