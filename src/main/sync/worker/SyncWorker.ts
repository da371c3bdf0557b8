import type { Clock } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';
import { BullRunTaker } from '../queue/BullRunTaker.ts';
import type { QueueStore } from '../queue/QueueStore.ts';
import type { QueueTimings } from '../queue/queueTimings.ts';
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

export interface SyncWorkerOptions {
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
export class SyncWorker {
  readonly #options: SyncWorkerOptions;
  readonly #taker: BullRunTaker;
  readonly #permits = new SourcePermits();
  readonly #replaced = new ReplacedSecrets();

  constructor(options: SyncWorkerOptions) {
    this.#options = options;
    const { store, key, name, clock, logger, timings } = options;
    this.#taker = new BullRunTaker({ store, group: key.id, name, clock, logger, timings });
  }

  /** @throws QUEUE_UNAVAILABLE */
  start(): Promise<void> {
    return this.#taker.start((taken) => this.#execute(taken), this.#options.concurrency);
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
    return this.#permits.run(bundle.sources, taken.signal, onWait, () => execute(bundle, taken, this.#tools()));
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
