import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { QueueStore } from '../../../../src/main/sync/queue/QueueStore.ts';
import type { RunBundle } from '../../../../src/main/sync/queue/runBundle.ts';
import { sealBundle } from '../../../../src/main/sync/queue/sealing.ts';
import { newWorkerKey, type WorkerKey } from '../../../../src/main/sync/queue/WorkerKey.ts';
import { buildWorkerProgram } from '../../../support/buildWorkerProgram.ts';
import { HeardQueue } from '../../../support/queueUnderTest.ts';
import { temporaryFolder } from '../../../support/testStore.ts';
import { reaching, WorkerProgram } from '../../../support/workerProgram.ts';

/** Starts built programs for the tests of a file; they are gone after their tests. */
export function workerPrograms() {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-worker-'));
  let entry = '';
  beforeAll(async () => {
    entry = await buildWorkerProgram(folder);
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const start = (args: readonly string[], environment?: Readonly<Record<string, string>>): WorkerProgram => {
    const program = WorkerProgram.start(entry, args, environment);
    onTestFinished(async () => {
      program.kill('SIGKILL');
      await program.ended;
    });
    return program;
  };
  return {
    folder,
    start,
    /** Settles when it takes runs. */
    async ready(args: readonly string[]): Promise<WorkerProgram> {
      const program = start(args);
      await program.said('Ready: runs are taken from the queue');
      return program;
    },
    /** Of one that ends by itself. */
    async ended(args: readonly string[], environment?: Readonly<Record<string, string>>) {
      const program = start(args, environment);
      const { code } = await program.ended;
      return { code, errors: program.errors, output: program.output };
    },
  };
}

/** The app's side of a queue that a new group of workers has to itself. */
export async function workerGroup(store: QueueStore) {
  const key = newWorkerKey();
  const heard = await HeardQueue.open(store, key.id);
  onTestFinished(() => heard.queue.close());
  return {
    ...{ key, heard },
    /** What a worker of the group is started with. */
    args: await reaching(store, key, temporaryFolder()),
    /** Seals a run and adds it. */
    async add(bundle: RunBundle, seal = sealed): Promise<string> {
      const { runId: id, pipelineId } = bundle;
      await heard.queue.add({ id, pipelineId, sealed: seal(bundle, key), maxAttempts: 3 });
      return id;
    },
    /** The texts of a run's log. */
    logOf: (id: string): string[] =>
      heard.news
        .flatMap((news) => (news.type === 'log' && news.id === id ? news.lines : []))
        .map(({ text }) => text),
  };
}

export const sealed = (bundle: RunBundle, key: WorkerKey): string =>
  sealBundle(bundle, key, Date.now() + 3_600_000);

/** Each run of a pipeline of its own. */
export const alone = (): { readonly pipelineId: string } => ({ pipelineId: randomUUID() });
