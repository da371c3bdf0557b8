import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock as clock } from '../../src/main/base/Clock.ts';
import { readPostmasterFile } from '../../src/main/embedded/cluster/postmasterFile.ts';
import { silentLogger as logger } from '../../src/main/observability/Logger.ts';
import type { RunNews, RunQueue } from '../../src/main/sync/queue/RunQueue.ts';
import type { RunBundle } from '../../src/main/sync/queue/runBundle.ts';
import { sealBundle } from '../../src/main/sync/queue/sealing.ts';
import { LocalRunEngine } from '../../src/main/sync/worker/LocalRunEngine.ts';
import type { WorkerProcess } from '../../src/main/sync/worker/WorkerProcess.ts';
import { workerFlags } from '../../src/main/sync/worker/workerFlags.ts';
import { MemorySecrets } from '../support/MemorySecrets.ts';
import { queueBinaries } from '../support/queueUnderTest.ts';

const entry = new URL('../../out/main/syncWorker.js', import.meta.url);
const probe = new URL('./workerProbe.mjs', import.meta.url).href;
const stopMs = 5_000;
const ticksPerSecond = 100;

const usageSchema = z.object({
  /** Resident memory. */
  peakBytes: z.number(),
  /** Of the event loop, since the last run began: the longest, and what 99 of 100 are below. */
  longestDelayMs: z.number(),
  usualDelayMs: z.number(),
});
export type WorkerUsage = z.infer<typeof usageSchema>;

/** The worker as the build has it, under Node, with a queue of its own as in the app. */
export class BuiltWorker {
  readonly #folder: string;
  readonly #engine: LocalRunEngine;
  #pid = 0;
  #queue: RunQueue | null = null;
  #ended: Promise<void> = Promise.resolve();

  private constructor(folder: string) {
    this.#folder = folder;
    this.#engine = new LocalRunEngine({
      target: async () => ({ store: null, executesHere: true }),
      server: {
        ...{ binaries: queueBinaries, dataFolder: join(folder, 'queue'), secrets: new MemorySecrets() },
      },
      ...{ keySecrets: new MemorySecrets(), workerProcess: this.#process(), concurrency: 2 },
      ...{ onSecret: () => undefined, onAttempt: () => undefined, clock, logger },
      reserve: async () => ({ dispose: () => undefined }),
    });
  }

  /** @param folder for its queue; it should be empty */
  static async start(folder: string): Promise<BuiltWorker> {
    const worker = new BuiltWorker(folder);
    const isReady = new Promise<void>((resolve) => {
      worker.#engine.onStatus.on(({ state }) => state === 'running' && resolve());
    });
    const queue = await worker.#engine.start(neverAborted);
    await queue.start();
    worker.#queue = queue;
    await isReady;
    return worker;
  }

  /** @returns milliseconds from its order to the news of its end @throws what it failed with */
  async run(bundle: RunBundle): Promise<number> {
    const queue = this.#queue;
    if (queue === null) throw new Error('The worker does not run.');
    process.kill(this.#pid, 'SIGUSR2');
    const { runId: id, pipelineId } = bundle;
    const sealed = sealBundle(bundle, await this.#engine.key(), clock.wallMs() + 3_600_000);
    const end = new Promise<RunNews>((resolve) => {
      queue.onNews.on((news) => {
        if (news.id === id && (news.type === 'succeeded' || news.type === 'failed')) resolve(news);
      });
    });
    const startedAt = performance.now();
    await queue.add({ id, pipelineId, sealed, maxAttempts: 1 });
    const news = await end;
    const tookMs = performance.now() - startedAt;
    if (news.type === 'failed') throw new Error(`${news.failure.title} ${news.failure.detail ?? ''}`);
    await queue.forget(id);
    return tookMs;
  }

  /** Seconds of processor time that it, its queue and this process have had. */
  async processorSeconds(): Promise<number> {
    const server = (await readPostmasterFile(join(this.#folder, 'queue', 'cluster')))?.pid ?? 0;
    const own = new Set([process.pid, this.#pid, server]);
    const ticks = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => processOf(Number(pid)))
      .filter(({ pid, parent }) => own.has(pid) || parent === server)
      .reduce((sum, { ticks: each }) => sum + each, 0);
    return ticks / ticksPerSecond;
  }

  /** Ends it. @returns what it has used */
  async dispose(): Promise<WorkerUsage> {
    await this.#engine.stop(stopMs);
    await this.#ended;
    return usageSchema.parse(JSON.parse(readFileSync(this.#usageFile, 'utf8')));
  }

  get #usageFile(): string {
    return join(this.#folder, 'usage.json');
  }

  #process(): WorkerProcess {
    return {
      start: () => {
        const child = fork(entry, {
          execArgv: [...workerFlags, '--import', probe],
          env: { ...process.env, MOORING_WORKER_PROBE: this.#usageFile },
        });
        this.#pid = child.pid ?? 0;
        this.#ended = new Promise((resolve) => child.once('exit', () => resolve()));
        return {
          post: (message) => void child.send(message, () => undefined),
          onMessage: (listener) => void child.on('message', listener),
          onExit: (listener) => void child.once('exit', listener),
          kill: () => void child.kill('SIGKILL'),
        };
      },
    };
  }
}

/** A process as Linux tells of it; one that is gone has had no time. */
function processOf(pid: number): { readonly pid: number; readonly parent: number; readonly ticks: number } {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // Behind the name, which may have blanks and brackets: the state, the parent, and from the twelfth on its time.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return { pid, parent: 0, ticks: 0 };
  }
}

/** The parts of a bundle that say nothing of its pipeline. */
export const plainBundle = (folder: string) => ({
  ...{ namedAt: clock.wallMs(), timeZone: 'UTC', position: null, continues: [], rejectsFolder: folder },
  maskKey: randomBytes(32).toString('base64'),
});
