import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import type { QueueStore } from '../../../../src/main/sync/queue/QueueStore.ts';
import type { RunBundle } from '../../../../src/main/sync/queue/runBundle.ts';
import { sealBundle } from '../../../../src/main/sync/queue/sealing.ts';
import { newWorkerKey } from '../../../../src/main/sync/queue/WorkerKey.ts';
import type { Pipeline } from '../../../../src/shared/model/pipelines.ts';
import { HeardQueue, QueueUnderTest } from '../../../support/queueUnderTest.ts';
import { temporaryFolder } from '../../../support/testStore.ts';
import { buildWorkerProgram, reaching, WorkerProgram } from '../../../support/workerProgram.ts';
import { bundledSource, ownDatabase, RunUnderTest, somePipeline, tester } from '../runUnderTest.ts';

const server = inject('postgres');
const fields = await ownDatabase(server);
const database = bundledSource(fields, { password: server.password });
const runs = new RunUnderTest([database]);
const hour = 3_600_000;

let buildFolder: string;
let entry: string;
let queueServer: QueueUnderTest;
let store: QueueStore;
beforeAll(async () => {
  buildFolder = await mkdtemp(join(tmpdir(), 'mooring-worker-'));
  [entry, queueServer] = await Promise.all([buildWorkerProgram(buildFolder), QueueUnderTest.start()]);
  store = await queueServer.store();
}, 240_000);
afterAll(async () => {
  await queueServer.dispose();
  await rm(buildFolder, { recursive: true, force: true });
});

/** The app's side of a queue of its own, and what a worker needs for it. */
async function group() {
  const key = newWorkerKey();
  const folder = temporaryFolder();
  const heard = await HeardQueue.open(store, key.id);
  onTestFinished(() => heard.queue.close());
  return {
    ...{ key, folder, heard, args: await reaching(store, key, folder) },
    /** Seals a run and adds it. @param sealed changes what was sealed */
    async add(
      pipeline: Pipeline,
      changes: Partial<RunBundle> = {},
      { expiresAt = Date.now() + hour, seal = (text: string) => text } = {},
    ): Promise<string> {
      const bundle = runs.bundle(pipeline, { pipelineId: randomUUID(), ...changes });
      const sealed = seal(sealBundle(bundle, key, expiresAt));
      await heard.queue.add({ id: bundle.runId, pipelineId: bundle.pipelineId, sealed, maxAttempts: 3 });
      return bundle.runId;
    },
  };
}

async function ready(args: readonly string[]): Promise<WorkerProgram> {
  const program = await WorkerProgram.ready(entry, args);
  onTestFinished(() => program.kill('SIGKILL'));
  return program;
}

/** Starts a program that ends by itself. */
async function ended(args: readonly string[], environment: Record<string, string> = {}) {
  const program = WorkerProgram.start(entry, args, environment);
  const { code } = await program.ended;
  return { code, errors: program.errors, output: program.output };
}

const toFile = (folder: string, name: string): Pipeline['destination'] => ({
  ...{ type: 'file', folder, name, format: { type: 'ndjson' } },
});

describe('mooring-worker', () => {
  it('executes a run from a sealed bundle to rows in a table, and says so in lines of JSON', async () => {
    const { run, rows } = await tester(fields, server.password);
    await run(
      'CREATE TABLE orders (id int PRIMARY KEY, note text)',
      "INSERT INTO orders SELECT n, 'note ' || n FROM generate_series(1, 1000) AS n",
    );
    const { add, args, heard } = await group();
    const program = await ready(args);
    const id = await add(somePipeline('orders', 'orders_copy'));
    await heard.until(id, 'succeeded');
    expect(await rows('SELECT count(*), sum(id) FROM orders_copy')).toEqual([['1000', '500500']]);
    await program.said('A run has ended');
    expect(program.messages).toEqual([
      'Ready: runs are taken from the queue',
      'A run has begun',
      'A run has ended',
    ]);
    await program.stop();
    expect(await program.ended).toEqual({ code: 0, signal: null });
  });
});
