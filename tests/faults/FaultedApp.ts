import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/main/base/Clock.ts';
import { readPostmasterFile } from '../../src/main/embedded/cluster/postmasterFile.ts';
import { silentLogger } from '../../src/main/observability/Logger.ts';
import { Database } from '../../src/main/store/Database.ts';
import { SqlitePipelineRepository } from '../../src/main/store/SqlitePipelineRepository.ts';
import { sealBundle } from '../../src/main/sync/queue/sealing.ts';
import { RunBook } from '../../src/main/sync/runs/RunBook.ts';
import { RunBundles } from '../../src/main/sync/runs/RunBundles.ts';
import { Runs } from '../../src/main/sync/runs/Runs.ts';
import { SavedPipelines } from '../../src/main/sync/SavedPipelines.ts';
import { LocalRunEngine } from '../../src/main/sync/worker/LocalRunEngine.ts';
import type { WorkerProcess } from '../../src/main/sync/worker/WorkerProcess.ts';
import { fromWorkerSchema } from '../../src/main/sync/worker/workerMessages.ts';
import type { Pipeline } from '../../src/shared/model/pipelines.ts';
import type { Run, RunLogLine } from '../../src/shared/model/runs.ts';
import { fastClock } from '../support/faults/fastClock.ts';
import { MemorySecrets } from '../support/MemorySecrets.ts';
import { queueBinaries } from '../support/queueUnderTest.ts';
import { shortTimings } from '../support/shortTimings.ts';
import { someTarget } from '../support/someTarget.ts';
import { nodeWorkerProcess } from '../support/workerProcess.ts';
import type { PipelineEnd } from './PipelineEnd.ts';
import { RoundApp } from './RoundApp.ts';

const workerEntry = new URL('./faultWorkerEntry.ts', import.meta.url);
const sealedForMs = 24 * 3_600_000;
/** Of what the app itself waits: a worker that ends often is started later and later. */
const speed = 10;
const otherName = 'another worker';

/** All of the app that runs pipelines, with its store, its queue and its worker, but without Electron and vault. */
export class FaultedApp extends RoundApp {
  readonly folder: string;
  readonly book: RunBook;
  readonly runs: Runs;
  readonly saved: SavedPipelines;
  readonly repository: SqlitePipelineRepository;
  readonly password = new MemorySecrets();
  readonly key = new MemorySecrets();
  /** Process ids of the workers, the latest one last. */
  readonly workers: number[] = [];
  readonly #database: Database;
  readonly #engine: LocalRunEngine;
  #otherWorker: number | null = null;

  private constructor(folder: string, ends: readonly PipelineEnd[], workerProcess: WorkerProcess | null) {
    super();
    this.folder = folder;
    const clock = fastClock(speed);
    const logger = silentLogger;
    this.#database = Database.open({ folder, clock: systemClock, logger });
    const repository = new SqlitePipelineRepository(this.#database, logger);
    this.repository = repository;
    this.#engine = new LocalRunEngine({
      target: async () => ({ store: null, executesHere: true }),
      server: { binaries: queueBinaries, dataFolder: join(folder, 'queue'), secrets: this.password },
      keySecrets: this.key,
      workerProcess: workerProcess ?? nodeWorkerProcess(workerEntry, (pid) => this.workers.push(pid)),
      concurrency: 2,
      onSecret: () => undefined,
      onAttempt: () => undefined,
      reserve: async () => ({ dispose: () => undefined }),
      timings: { ...shortTimings, lookMs: shortTimings.lookMs * speed },
      ...{ clock, logger },
    });
    this.saved = new SavedPipelines(repository, logger);
    this.book = new RunBook({ repository, keptRuns: () => 50, clock });
    const sources = new Map(ends.map((end) => [end.dataSource.id, end]));
    const bundles = new RunBundles({
      findSource: (id) => sources.get(id)?.dataSource ?? null,
      targets: {
        forDataSource: async (dataSource) => {
          const password = sources.get(dataSource.id)?.server.password ?? null;
          return someTarget(dataSource, {
            secret: async (field) => (field === 'password' ? password : null),
          });
        },
      },
      maskKey: async () => Buffer.alloc(32, 1),
      position: (id) => repository.position(id),
      rejectsFolder: folder,
    });
    this.runs = new Runs({
      ...{ repository, saved: this.saved, book: this.book, engine: this.#engine, sealedForMs, clock, logger },
      bundleOf: (...run) => bundles.bundleOf(...run),
      seal: async (bundle) =>
        sealBundle(bundle, await this.#engine.key(), systemClock.wallMs() + sealedForMs),
    });
  }

  /** @param workerProcess default: one that starts the worker of these tests */
  static async start(
    ends: readonly PipelineEnd[],
    workerProcess: WorkerProcess | null = null,
  ): Promise<FaultedApp> {
    return new FaultedApp(await mkdtemp(join(tmpdir(), 'mooring-faults-')), ends, workerProcess);
  }

  get onTurn(): RunBook['onTurn'] {
    return this.book.onTurn;
  }

  get worker(): number {
    return this.workers.at(-1) ?? 0;
  }

  /** The server of the queue: its process and its port. */
  async queueServer(): Promise<{ readonly pid: number; readonly port: number }> {
    const file = await readPostmasterFile(join(this.folder, 'queue', 'cluster'));
    if (file === null) throw new Error('The server of the queue does not run');
    return file;
  }

  /** The process that has a run. */
  workerOf(id: string): number {
    const { worker } = this.book.get(id);
    return this.#otherWorker !== null && worker === otherName ? this.#otherWorker : this.worker;
  }

  /** Another worker that takes runs from the same queue, as one on another computer does. */
  async startOtherWorker(): Promise<{ end(): Promise<void> }> {
    const { port } = await this.queueServer();
    const worker = nodeWorkerProcess(workerEntry, (pid) => {
      this.#otherWorker = pid;
    }).start();
    const exit = new Promise<void>((resolve) => worker.onExit(resolve));
    const password = this.password.value ?? '';
    const [name, host] = ['mooring_queue', '127.0.0.1'];
    worker.post({
      ...{ type: 'start', key: this.key.value ?? '', name: otherName, concurrency: 2 },
      store: { type: 'postgres', host, port, user: name, password, database: name, tls: { mode: 'off' } },
    });
    await new Promise<void>((resolve) => {
      worker.onMessage((message) => {
        const { data } = fromWorkerSchema.safeParse(message);
        if (data?.type === 'ready') resolve();
        // There is no window to share connections with.
        if (data?.type === 'lease') worker.post({ type: 'lease', id: data.id, is: 'granted' });
      });
    });
    return {
      end: async () => {
        this.#otherWorker = null;
        worker.kill();
        await exit;
      },
    };
  }

  async begin(pipeline: Pipeline): Promise<Run> {
    const { saved } = this.saved.save({ id: null, revision: null, pipeline });
    return this.runs.byHand(saved.id, false);
  }

  runOf(id: string): Run {
    return this.book.get(id);
  }

  async logOf(id: string): Promise<readonly RunLogLine[]> {
    return this.book.log(id);
  }

  async dispose(): Promise<void> {
    this.runs.stop();
    await this.#engine.stop(4_000);
    this.#database.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
