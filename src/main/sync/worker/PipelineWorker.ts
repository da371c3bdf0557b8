import { noProgress, type RunId } from '../../../shared/model/runs.ts';
import { pause, throwIfAborted } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';
import { AttemptTrace, type TracedStep } from '../copy/AttemptTrace.ts';
import { BullRunTaker, type TakerStatus } from '../queue/BullRunTaker.ts';
import type { QueueStore } from '../queue/QueueStore.ts';
import { type QueueTimings, reconnectDelayMs } from '../queue/queueTimings.ts';
import type { RunResult, TakenRun } from '../queue/RunQueue.ts';
import type { BundledSource, RunBundle } from '../queue/runBundle.ts';
import { openBundle } from '../queue/sealing.ts';
import type { WorkerKey } from '../queue/WorkerKey.ts';
import { ReplacedSecrets } from './ReplacedSecrets.ts';
import { type RunPermits, takePermits } from './RunPermits.ts';
import { SourcePermits } from './SourcePermits.ts';
import type { ReplacedSecret } from './workerMessages.ts';

/** Executes an attempt of a run. @throws as `RunTaker.start` says */
export type ExecuteRun = (bundle: RunBundle, taken: TakenRun, tools: RunTools) => Promise<RunResult>;

/** What a run gets of its worker. */
export interface RunTools {
  readonly trace: AttemptTrace;
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
  /** Who gives connections of data sources; without it, the worker keeps to what the bundles of its own runs say. */
  readonly permits?: RunPermits;
  /** Hears of each attempt when it has ended. */
  readonly onTraced?: (runId: RunId, steps: readonly TracedStep[]) => void;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timings: QueueTimings;
}

/** Takes runs from the queue, opens what is sealed of them, and executes them within the limits of their data sources. */
export class PipelineWorker {
  readonly #options: PipelineWorkerOptions;
  readonly #taker: BullRunTaker;
  readonly #permits: RunPermits;
  readonly #replaced = new ReplacedSecrets();

  constructor(options: PipelineWorkerOptions) {
    this.#options = options;
    this.#permits = options.permits ?? new SourcePermits();
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
    const { key, clock, onTraced } = this.#options;
    const bundle = this.#replaced.applyTo(openBundle(taken.run, key, clock.wallMs()));
    const trace = new AttemptTrace(clock);
    try {
      return await trace.step('attempt', null, () => this.#attempt(bundle, taken, trace));
    } finally {
      onTraced?.(bundle.runId, trace.steps);
    }
  }

  async #attempt(bundle: RunBundle, taken: TakenRun, trace: AttemptTrace): Promise<RunResult> {
    const onWait = ({ name }: BundledSource): void => {
      taken.progress({ ...noProgress, phase: 'waiting' });
      taken.log('info', `Waiting for a connection to “${name}”.`);
    };
    const wanted = { bundle, signal: taken.signal, onWait };
    const held = await trace.step('wait', null, () => takePermits(this.#permits, wanted));
    try {
      return await this.#options.execute(bundle, taken, this.#tools(trace));
    } finally {
      held.dispose();
    }
  }

  #tools(trace: AttemptTrace): RunTools {
    return {
      trace,
      replaceSecret: async (source, field, value) => {
        this.#replaced.replace(source.id, field, source.secrets[field], value);
        this.#options.onSecret({ sourceId: source.id, field, value });
      },
    };
  }
}
