import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { systemClock } from '../../../../src/main/base/Clock.ts';
import { readPostmasterFile } from '../../../../src/main/embedded/cluster/postmasterFile.ts';
import { silentLogger } from '../../../../src/main/observability/Logger.ts';
import type { QueueStore } from '../../../../src/main/sync/queue/QueueStore.ts';
import type { RunNews, RunQueue } from '../../../../src/main/sync/queue/RunQueue.ts';
import type { RunBundle } from '../../../../src/main/sync/queue/runBundle.ts';
import { sealBundle } from '../../../../src/main/sync/queue/sealing.ts';
import { LocalRunEngine } from '../../../../src/main/sync/worker/LocalRunEngine.ts';
import type { ReplacedSecret } from '../../../../src/main/sync/worker/workerMessages.ts';
import { copyFolder } from '../../../support/dataFolderTemplate.ts';
import { MemorySecrets } from '../../../support/MemorySecrets.ts';
import { queueBinaries } from '../../../support/queueUnderTest.ts';
import { RedisServer } from '../../../support/RedisServer.ts';
import { shortTimings } from '../../../support/shortTimings.ts';
import { someBundle } from '../../../support/someBundle.ts';
import { nodeWorkerProcess, syncWorkerEntry } from '../../../support/workerProcess.ts';

const markerEntry = new URL('./markerWorkerEntry.ts', import.meta.url);

/** The folders and secrets of an app, which outlive its runs, and what its engine does. */
class App {
  readonly workers: number[] = [];
  readonly news: RunNews[] = [];
  readonly secrets: ReplacedSecret[] = [];
  /** Null: in the app's own server. */
  store: QueueStore | null = null;
  executesHere = true;
  /** What a start waits for. */
  starting: Promise<void> = Promise.resolve();
  readonly #folder: string;
  readonly #password = new MemorySecrets();
  readonly #key = new MemorySecrets();
  #engine: LocalRunEngine | null = null;
  #queue: RunQueue | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get server(): Promise<number> {
    return this.#serverFile().then((file) => file?.pid ?? 0);
  }

  /** A bundle that copies from the queue's own server into a file. */
  async copying(): Promise<Partial<RunBundle>> {
    const { pipeline, sources } = someBundle();
    const port = (await this.#serverFile())?.port ?? 0;
    const [name, tls] = ['mooring_queue', { mode: 'disable', caPem: null } as const];
    const config = { host: '127.0.0.1', port, database: name, user: name, tls };
    const text = 'SELECT n AS one FROM generate_series(1, 1000) AS n';
    const secrets = { password: this.#password.value ?? '' };
    return {
      sources: sources.map((source) => ({ ...source, engine: { kind: 'postgres', config }, secrets })),
      pipeline: {
        ...pipeline,
        source: { type: 'query', sourceId: sources[0]?.id ?? '', text },
        destination: { type: 'file', folder: this.#folder, name: 'copy', format: { type: 'ndjson' } },
      },
    };
  }

  #serverFile() {
    return readPostmasterFile(join(this.#folder, 'queue', 'cluster'));
  }

  open(entry: URL): LocalRunEngine {
    this.#engine = new LocalRunEngine({
      target: async () => {
        await this.starting;
        return { store: this.store, executesHere: this.executesHere };
      },
      server: { binaries: queueBinaries, dataFolder: join(this.#folder, 'queue'), secrets: this.#password },
      keySecrets: this.#key,
      workerProcess: nodeWorkerProcess(entry, (pid) => this.workers.push(pid)),
      concurrency: 2,
      onSecret: (secret) => this.secrets.push(secret),
      onAttempt: () => undefined,
      reserve: async () => ({ dispose: () => undefined }),
      ...{ clock: systemClock, logger: silentLogger, timings: shortTimings },
    });
    return this.#engine;
  }

  async start(entry: URL): Promise<void> {
    this.#queue = await this.open(entry).start(neverAborted);
    this.#queue.onNews.on((news) => this.news.push(news));
    await this.#queue.start();
  }

  async stop(): Promise<void> {
    await this.#engine?.stop(4_000);
    this.#engine = null;
  }

  /** Begins with the server of another app, which is stopped: to make one takes seconds. */
  async takeServerOf(other: App): Promise<void> {
    this.#password.value = other.#password.value;
    await copyFolder(join(other.#folder, 'queue'), join(this.#folder, 'queue'));
  }

  async add(over: Parameters<typeof someBundle>[0] = {}): Promise<string> {
    const bundle = someBundle({ rejectsFolder: this.#folder, ...over });
    const sealed = sealBundle(bundle, await this.engine.key(), Date.now() + 60_000);
    await this.#queue?.add({ id: bundle.runId, pipelineId: bundle.pipelineId, sealed, maxAttempts: 3 });
    return bundle.runId;
  }

  /** The run was begun by a worker. */
  async begun(id: string): Promise<void> {
    await expect.poll(() => readFile(join(this.#folder, id), 'utf8').catch(() => null), slow).toBe('1');
  }

  letEnd(id: string): Promise<void> {
    return writeFile(join(this.#folder, `${id}.end`), '');
  }

  until(id: string, type: RunNews['type']): Promise<void> {
    return expect
      .poll(() => this.news.some((news) => news.id === id && news.type === type), { ...slow, message: type })
      .toBe(true);
  }

  typesOf(id: string): string[] {
    return this.news.filter((news) => news.id === id && news.type !== 'progress').map(({ type }) => type);
  }

  get engine(): LocalRunEngine {
    if (this.#engine === null) throw new Error('The app does not run');
    return this.#engine;
  }
}

const slow = { timeout: 20_000, interval: 20 };
let folder: string;
let app: App;
const newFolder = () => mkdtemp(join(tmpdir(), 'mooring-engine-'));
const remove = (path: string) => rm(path, { recursive: true, force: true, maxRetries: 5 });

beforeEach(async () => {
  folder = await newFolder();
  app = new App(folder);
});
afterEach(async () => {
  await app.stop();
  await remove(folder);
});

describe('runs on this computer', () => {
  let firstFolder: string;
  let first: App;
  beforeAll(async () => {
    firstFolder = await newFolder();
    first = new App(firstFolder);
    await first.start(markerEntry);
    await first.stop();
  });
  afterAll(() => remove(firstFolder));
  beforeEach(() => app.takeServerOf(first));

  it('are soon interrupted when their worker is killed, and go on in another one by themselves', async () => {
    await app.start(markerEntry);
    const run = await app.add();
    await app.begun(run);
    process.kill(app.workers[0] ?? 0, 'SIGKILL');
    await app.until(run, 'succeeded');
    expect(app.typesOf(run)).toEqual(['started', 'interrupted', 'started', 'succeeded']);
    expect(app.news.filter((news) => news.type === 'started').map(({ attempt }) => attempt)).toEqual([1, 1]);
    expect(app.workers).toHaveLength(2);
  });

  it('outlive the server of their queue, which is started again', async () => {
    await app.start(markerEntry);
    const run = await app.add();
    await app.begun(run);
    const server = await app.server;
    process.kill(server, 'SIGKILL');
    await app.letEnd(run);
    await app.until(run, 'succeeded');
    expect(app.workers).toHaveLength(1);
    expect(await app.server).not.toBe(server);
  });

  it('go on after a restart of the app', async () => {
    await app.start(markerEntry);
    const run = await app.add();
    await app.begun(run);
    await app.stop();
    await app.start(markerEntry);
    await app.until(run, 'succeeded');
  });

  it('copy rows in the worker of the app', async () => {
    await app.start(syncWorkerEntry);
    const run = await app.add(await app.copying());
    await app.until(run, 'succeeded');
    const lines = (await readFile(join(folder, 'copy.ndjson'), 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(1_000);
    expect(lines.at(-1)).toBe('{"one":1000}');
  });
});

describe('an engine', () => {
  it('that is stopped while it starts leaves nothing running', async () => {
    let goOn: () => void = () => undefined;
    app.starting = new Promise((resolve) => {
      goOn = resolve;
    });
    const engine = app.open(markerEntry);
    const starting = engine.start(neverAborted);
    const outcome = starting.catch((error: unknown) => error);
    await app.stop();
    goOn();
    expect(await outcome).toMatchObject({ code: 'SHUTTING_DOWN' });
    expect(app.workers).toEqual([]);
    expect(engine.status.state).toBe('stopped');
  });
});

describe('runs in a queue of several computers', () => {
  let redis: RedisServer;
  beforeEach(async () => {
    redis = await RedisServer.start();
    onTestFinished(() => redis.dispose());
    app.store = redis.store();
  });

  it('go on after their worker was killed, without a server on this computer', async () => {
    await app.start(markerEntry);
    const run = await app.add();
    await app.begun(run);
    process.kill(app.workers[0] ?? 0, 'SIGKILL');
    await app.until(run, 'succeeded');
    expect(app.typesOf(run)).toEqual(['started', 'interrupted', 'started', 'succeeded']);
    expect(await app.server).toBe(0);
  });

  it('wait for other computers while this one executes none, which changes without a restart', async () => {
    app.executesHere = false;
    await app.start(markerEntry);
    const run = await app.add();
    expect(app.workers).toEqual([]);
    app.executesHere = true;
    await app.engine.retarget(4_000);
    await app.begun(run);
    app.executesHere = false;
    await app.engine.retarget(4_000);
    const [worker = 0] = app.workers;
    expect(() => process.kill(worker, 0)).toThrow('ESRCH');
    expect(app.engine.status.state).toBe('running');
  });

  it('are there again when their server is, and the engine says why they are not', async () => {
    await app.start(markerEntry);
    const run = await app.add();
    await app.begun(run);
    await redis.kill();
    await expect
      .poll(() => app.engine.status, slow)
      .toMatchObject({
        state: 'unavailable',
        problem: { code: 'QUEUE_UNAVAILABLE' },
      });
    await redis.startServer();
    await app.letEnd(run);
    await app.until(run, 'succeeded');
    await expect.poll(() => app.engine.status, slow).toEqual({ state: 'running', problem: null });
  });
});
