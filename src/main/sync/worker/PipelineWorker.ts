import { pause, throwIfAborted } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';
import { BullRunTaker, type TakerStatus } from '../queue/BullRunTaker.ts';
import type { QueueStore } from '../queue/QueueStore.ts';
import { type QueueTimings, reconnectDelayMs } from '../queue/queueTimings.ts';
import type { RunResult, TakenRun } from '../queue/RunQueue.ts';
import type { BundledSource, RunBundle } from '../queue/runBundle.ts';
import { openBundle } from '../queue/sealing.ts';
import type { WorkerKey } from '../queue/WorkerKey.ts';
import { ReplacedSecrets } from './ReplacedSecrets.ts';
import { SourcePermits } from './SourcePermits.ts';
import type { ReplacedSecret } from './workerMessages.ts';

/** Executes an attempt of a run. @throws as `RunTaker.start` says */
export type ExecuteRun = (bundle: RunBundle, taken: TakenRun, tools: RunTools) => Promise<RunResult>;

/** What a run gets of its worker. */
export interface RunTools {
  /** A server has replaced a secret of a data source. */
  replaceSecret(source: BundledSource, field: string, value: string): Promise<void>;
}

export interface PipelineWorkerOptions {
  readonly store: QueueStore;
  readonly key: WorkerKey;
  /** Unlike that of any other worker. */
  readonly name: string;
  readonly concurrency: number;
  readonly execute: ExecuteRun;
  readonly onSecret: (secret: ReplacedSecret) => void;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timings: QueueTimings;
}

/** Takes runs from the queue, opens what is sealed of them, and executes them within the limits of their data sources. */
export class PipelineWorker {
  readonly #options: PipelineWorkerOptions;
  readonly #taker: BullRunTaker;
  readonly #permits = new SourcePermits();
  readonly #replaced = new ReplacedSecrets();

  constructor(options: PipelineWorkerOptions) {
    this.#options = options;
    const { store, key, name, clock, logger, timings } = options;
    this.#taker = new BullRunTaker({ store, group: key.id, name, clock, logger, timings });
  }

  get status(): TakerStatus {
    return this.#taker.status;
  }

  /** Starts, however long it takes until the queue is there. @throws the signal's reason */
  async start(signal: AbortSignal): Promise<void> {
    const { concurrency, clock, logger, timings } = this.#options;
    for (let failureCount = 0; ; failureCount += 1) {
      throwIfAborted(signal);
      try {
        return await this.#taker.start((taken) => this.#execute(taken), concurrency);
      } catch (error) {
        if (failureCount === 0) logger.warn('The queue cannot be reached yet', {}, error);
        await pause(clock, reconnectDelayMs(failureCount, timings), signal);
      }
    }
  }

  setConcurrency(count: number): void {
    this.#taker.setConcurrency(count);
  }

  /** Lets runs come to a checkpoint within the time, and gives them back. Never rejects. */
  close(deadlineMs: number): Promise<void> {
    return this.#taker.close(deadlineMs);
  }

  async #execute(taken: TakenRun): Promise<RunResult> {
    const { key, clock, execute } = this.#options;
    const bundle = this.#replaced.applyTo(openBundle(taken.run, key, clock.wallMs()));
    const onWait = ({ name }: BundledSource) => taken.log('info', `Waiting for a connection to “${name}”.`);
    return this.#permits.run(bundle.sources, taken.signal, onWait, () =>
      execute(bundle, taken, this.#tools()),
    );
  }

  #tools(): RunTools {
    return {
      replaceSecret: async (source, field, value) => {
        this.#replaced.replace(source.id, field, source.secrets[field], value);
        this.#options.onSecret({ sourceId: source.id, field, value });
      },
    };
  }
}
