import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import { locateBinaries } from '../../src/main/embedded/process/binaries.ts';
import { silentLogger } from '../../src/main/observability/Logger.ts';
import { BullRunQueue } from '../../src/main/sync/queue/BullRunQueue.ts';
import { BullRunTaker } from '../../src/main/sync/queue/BullRunTaker.ts';
import { QueueServer } from '../../src/main/sync/queue/QueueServer.ts';
import type { QueueStore } from '../../src/main/sync/queue/QueueStore.ts';
import type { QueuedRun, RunNews, RunResult } from '../../src/main/sync/queue/RunQueue.ts';
import { MemorySecrets } from './MemorySecrets.ts';
import { shortTimings } from './shortTimings.ts';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** A server for queues, with what an app does to it. */
export class QueueUnderTest {
  readonly folder: string;
  readonly secrets = new MemorySecrets();
  readonly server: QueueServer;
  lostCount = 0;

  private constructor(folder: string) {
    this.folder = folder;
    this.server = new QueueServer({
      binaries: queueBinaries,
      dataFolder: folder,
      secrets: this.secrets,
      clock: systemClock,
      logger: silentLogger,
      onLost: () => {
        this.lostCount += 1;
      },
    });
  }

  static async start(): Promise<QueueUnderTest> {
    const queue = new QueueUnderTest(await mkdtemp(join(tmpdir(), 'mooring-queue-')));
    await queue.store();
    return queue;
  }

  store(): Promise<QueueStore> {
    return this.server.ensureRunning(neverAborted);
  }

  async dispose(): Promise<void> {
    await this.server.stop(5_000);
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export const queueBinaries = () => locateBinaries(projectRoot);

/** The app's side of a queue, and all the news it has had. */
export class HeardQueue {
  readonly queue: BullRunQueue;
  readonly news: RunNews[] = [];

  private constructor(queue: BullRunQueue) {
    this.queue = queue;
    queue.onNews.on((news) => this.news.push(news));
  }

  static async open(store: QueueStore, group: string, clock = systemClock): Promise<HeardQueue> {
    const more = { clock, logger: silentLogger, timings: shortTimings };
    const heard = new HeardQueue(new BullRunQueue({ store, group, ...more }));
    await heard.queue.start();
    return heard;
  }

  /** Settles with the first news of this kind about the run. */
  until<Type extends RunNews['type']>(id: string, type: Type): Promise<Extract<RunNews, { type: Type }>> {
    const isIt = (news: RunNews): news is Extract<RunNews, { type: Type }> =>
      news.id === id && news.type === type;
    const had = this.news.find(isIt);
    if (had !== undefined) return Promise.resolve(had);
    return new Promise((resolve) => {
      const listening = this.queue.onNews.on((news) => {
        if (!isIt(news)) return;
        listening.dispose();
        resolve(news);
      });
    });
  }

  typesOf(id: string): string[] {
    const types = this.news.filter((news) => news.id === id).map((news) => news.type);
    return types.filter((type) => type !== 'progress');
  }
}

export function takerOf(store: QueueStore, group: string, timings = shortTimings): BullRunTaker {
  const name = `worker-${randomUUID()}`;
  const more = { clock: systemClock, logger: silentLogger, timings };
  return new BullRunTaker({ store, group, name, ...more });
}

export function someRun(over: Partial<QueuedRun> = {}): QueuedRun {
  return { id: randomUUID(), pipelineId: randomUUID(), sealed: 'AAAA', maxAttempts: 3, ...over };
}

export const someResult: RunResult = {
  outcome: {
    rowsBefore: 53,
    rowsAfter: 120,
    deletedCount: 0,
    watermark: '9007199254740993',
    fileName: null,
    addedColumns: ['a\0b'],
  },
  shape: [],
  position: null,
  rejectsFile: null,
};
