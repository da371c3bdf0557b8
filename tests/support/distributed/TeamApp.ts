import { onTestFinished } from 'vitest';
import { systemClock } from '../../../src/main/base/Clock.ts';
import { silentLogger } from '../../../src/main/observability/Logger.ts';
import { SqlitePipelineRepository } from '../../../src/main/store/SqlitePipelineRepository.ts';
import { sourceIdsOf } from '../../../src/main/sync/pipelineParts.ts';
import { BullRunQueue } from '../../../src/main/sync/queue/BullRunQueue.ts';
import type { QueueStore } from '../../../src/main/sync/queue/QueueStore.ts';
import type { RunNews } from '../../../src/main/sync/queue/RunQueue.ts';
import type { BundledSource, RunBundle } from '../../../src/main/sync/queue/runBundle.ts';
import { sealBundle } from '../../../src/main/sync/queue/sealing.ts';
import { newWorkerKey } from '../../../src/main/sync/queue/WorkerKey.ts';
import { RunBook } from '../../../src/main/sync/runs/RunBook.ts';
import { Runs } from '../../../src/main/sync/runs/Runs.ts';
import { isOver } from '../../../src/main/sync/runs/runStates.ts';
import { SavedPipelines } from '../../../src/main/sync/SavedPipelines.ts';
import type { Pipeline, PipelineId, SavedPipeline } from '../../../src/shared/model/pipelines.ts';
import type { Run } from '../../../src/shared/model/runs.ts';
import { shortTimings } from '../shortTimings.ts';
import { openTestStore } from '../testStore.ts';

const sealedForMs = 3_600_000;

/** The app of a team that executes nothing itself: its pipelines, its book of runs and its side of a shared queue. */
export class TeamApp {
  readonly key = newWorkerKey();
  readonly news: RunNews[] = [];
  readonly queue: BullRunQueue;
  readonly book: RunBook;
  readonly #saved: SavedPipelines;
  readonly #runs: Runs;
  readonly #sources: readonly BundledSource[];
  readonly #rejectsFolder: string;

  private constructor(store: QueueStore, sources: readonly BundledSource[], rejectsFolder: string) {
    const repository = new SqlitePipelineRepository(openTestStore(), silentLogger);
    const common = { clock: systemClock, logger: silentLogger };
    this.#sources = sources;
    this.#rejectsFolder = rejectsFolder;
    this.queue = new BullRunQueue({ store, group: this.key.id, ...common, timings: shortTimings });
    this.queue.onNews.on((news) => this.news.push(news));
    this.book = new RunBook({ repository, keptRuns: () => 100, clock: systemClock });
    this.#saved = new SavedPipelines(repository, silentLogger);
    this.#runs = new Runs({
      ...{ repository, saved: this.#saved, book: this.book, ...common, sealedForMs },
      engine: { start: async () => this.queue },
      bundleOf: async (saved, run) => this.#bundleOf(saved, run),
      seal: async (bundle) => sealBundle(bundle, this.key, Date.now() + sealedForMs),
    });
  }

  /** Closed after the running test. @param rejectsFolder what runs get as the folder for rejected rows */
  static async open(
    store: QueueStore,
    sources: readonly BundledSource[],
    rejectsFolder = '/nowhere',
  ): Promise<TeamApp> {
    const app = new TeamApp(store, sources, rejectsFolder);
    await app.queue.connect();
    onTestFinished(async () => {
      app.#runs.stop();
      await app.queue.close();
    });
    return app;
  }

  add(pipeline: Pipeline): PipelineId {
    return this.#saved.save({ id: null, revision: null, pipeline }).saved.id;
  }

  /** Runs a pipeline; settles when that is over, with the run as the book has it then. */
  run(id: PipelineId): Promise<Run> {
    const begun = this.#runs.byHand(id, false);
    return new Promise((resolve) => {
      const listening = this.book.onTurn.on(({ run }) => {
        if (run.id !== begun.id || !isOver(run)) return;
        listening.dispose();
        resolve(run);
      });
    });
  }

  #bundleOf({ id, pipeline }: SavedPipeline, run: Run): RunBundle {
    const ids = sourceIdsOf(pipeline);
    return {
      ...{ runId: run.id, pipelineId: id, pipeline, sources: this.#sources.filter((one) => ids.has(one.id)) },
      ...{ position: null, again: false, namedAt: run.queuedAt, timeZone: 'UTC' },
      ...{ maskKey: Buffer.alloc(32).toString('base64'), rejectsFolder: this.#rejectsFolder },
    };
  }
}
