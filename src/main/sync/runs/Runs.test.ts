import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import { somePipeline } from '../../../../tests/support/somePipeline.ts';
import { openTestStore } from '../../../../tests/support/testStore.ts';
import type { Pipeline } from '../../../shared/model/pipelines.ts';
import { noProgress } from '../../../shared/model/runs.ts';
import { AppError } from '../../base/AppError.ts';
import { Emitter } from '../../base/Emitter.ts';
import { silentLogger } from '../../observability/Logger.ts';
import { SqlitePipelineRepository } from '../../store/SqlitePipelineRepository.ts';
import type { QueuedRun, RunNews, RunQueue, RunRequest, RunResult } from '../queue/RunQueue.ts';
import type { RunBundle } from '../queue/runBundle.ts';
import { SavedPipelines } from '../SavedPipelines.ts';
import { RunBook } from './RunBook.ts';
import { Runs } from './Runs.ts';

const ids = { from: '1b4e28ba-2fa1-4d1a-8f0b-6f1d1c2b3a4d', to: '2b4e28ba-2fa1-4d1a-8f0b-6f1d1c2b3a4d' };

/** The port of the queue, of which a test says what it does. */
class QueueInMemory implements RunQueue {
  readonly onNews = new Emitter<RunNews>();
  readonly known = new Map<string, QueuedRun>();
  readonly requests: [string, RunRequest][] = [];
  /** What happened while nobody listened. */
  missed: RunNews[] = [];
  failure: AppError | null = null;

  async start(): Promise<void> {
    if (this.failure !== null) throw this.failure;
    for (const news of this.missed.splice(0)) this.onNews.emit(news);
  }

  async add(run: QueuedRun): Promise<boolean> {
    const isNew = !this.known.has(run.id);
    this.known.set(run.id, run);
    return isNew;
  }

  async renew(run: QueuedRun): Promise<boolean> {
    const isKnown = this.known.has(run.id);
    if (isKnown) this.known.set(run.id, run);
    return isKnown;
  }

  async request(id: string, request: RunRequest): Promise<void> {
    this.requests.push([id, request]);
  }

  async forget(id: string): Promise<void> {
    this.known.delete(id);
  }

  async close(): Promise<void> {}
}

const result = (changes: Partial<RunResult> = {}): RunResult => ({
  outcome: {
    ...{ rowsBefore: 53, rowsAfter: 0, deletedCount: 0, watermark: null },
    ...{ fileName: null, addedColumns: [] },
  },
  ...{ shape: [], position: null, rejectsFile: null },
  ...changes,
});

/** @param database of an app that was here before */
function runsUnderTest({ queue: first = new QueueInMemory(), database = openTestStore() } = {}) {
  let queue = first;
  const clock = new FakeClock();
  const repository = new SqlitePipelineRepository(database, silentLogger);
  const saved = new SavedPipelines(repository, silentLogger);
  const book = new RunBook({ repository, keptRuns: () => 10, clock });
  let vaultFailure: AppError | null = null;
  const runs = new Runs({
    ...{ repository, saved, book, clock, logger: silentLogger },
    engine: { start: async () => queue },
    bundleOf: async ({ id, pipeline }, run): Promise<RunBundle> => {
      if (vaultFailure !== null) throw vaultFailure;
      return {
        ...{ runId: run.id, pipelineId: id, pipeline, sources: [], position: null, namedAt: 0 },
        ...{ again: run.reason.type === 'again', timeZone: 'UTC', maskKey: '', rejectsFolder: '' },
      };
    },
    seal: async ({ again }) => `${again ? 'again' : 'on'} at ${clock.wallMs()}`,
    sealedForMs: 60_000,
  });
  const add = (changes: Partial<Pipeline> = {}) =>
    saved.save({ id: null, revision: null, pipeline: somePipeline(ids, changes) }).saved.id;
  const news = (one: RunNews) => queue.onNews.emit(one);
  /** Another queue takes its place. */
  const replaceQueue = async (): Promise<void> => {
    queue = new QueueInMemory();
  };
  const lockVault = (failure: AppError | null) => {
    vaultFailure = failure;
  };
  const started = (id: string) => news({ type: 'started', id, attempt: 1, worker: 'here' });
  return {
    ...{ add, book, clock, database, lockVault, news, replaceQueue, repository, runs, saved },
    ...{ queue: first, now: () => queue, started },
  };
}

const slot = (id: string, action: 'run' | 'make-up' | 'skip' = 'run', skippedCount = 0) => ({
  ...{ id, latest: 5_000, count: Math.max(1, skippedCount), action, skippedCount },
});

describe('Runs', () => {
  it('skips once, and says so, what is due while the pipeline runs; by hand one more waits', async () => {
    const { add, book, queue, repository, runs, started } = runsUnderTest();
    const id = add();
    const first = runs.byHand(id, false);
    await settle();
    started(first.id);
    for (let count = 0; count < 3; count += 1) runs.due(slot(id));
    const page = book.page({ pipelineId: id, before: null, limit: 10 });
    expect(page.map(({ state, reason }) => [state, reason.type])).toEqual([
      ...[
        ['skipped', 'schedule'],
        ['running', 'hand'],
      ],
    ]);
    expect(book.log(page[0]?.id ?? '')).toHaveLength(3);
    expect(repository.slots().get(id)).toBe(5_000);
    const second = runs.byHand(id, false);
    expect(runs.byHand(id, false).id).toBe(second.id);
    await settle();
    expect([...queue.known.keys()]).toEqual([first.id]);
  });

  it('gives the queue the next run when the one before is over', async () => {
    const { add, news, queue, runs, started } = runsUnderTest();
    const id = add();
    const first = runs.byHand(id, false);
    await settle();
    started(first.id);
    const second = runs.byHand(id, true);
    await settle();
    expect([...queue.known.keys()]).toEqual([first.id]);
    news({ type: 'succeeded', id: first.id, result: result() });
    await settle();
    expect([...queue.known.values()]).toMatchObject([
      { id: second.id, sealed: expect.stringContaining('again') },
    ]);
  });

  it('records what was missed, with the number of times', () => {
    const { add, book, runs } = runsUnderTest();
    const id = add();
    runs.due(slot(id, 'skip', 3));
    expect(book.page({ pipelineId: null, before: null, limit: 10 })).toMatchObject([
      { state: 'skipped', reason: { type: 'missed', missedCount: 3 } },
    ]);
  });

  it('records earlier times that were missed together with the run of the latest one, or not at all', () => {
    const { add, book, database, runs } = runsUnderTest();
    const id = add();
    const due = slot(id, 'run', 2);
    // Only a store that fails in its last statement shows that there is one transaction.
    const full = "CREATE TRIGGER full BEFORE INSERT ON pipeline_slots BEGIN SELECT RAISE(ABORT, 'full'); END";
    database.prepare(full).run();
    expect(() => runs.due(due)).toThrow();
    database.prepare('DROP TRIGGER full').run();
    runs.due(due);
    const states = book.page({ pipelineId: id, before: null, limit: 10 }).map(({ state }) => state);
    expect(states.sort()).toEqual(['skipped', 'waiting']);
  });

  it('keeps where a run ended, and begins what comes after it', async () => {
    const { add, book, news, repository, runs, saved, started } = runsUnderTest();
    const id = add();
    const follower = add({ schedule: { type: 'after', pipelineId: id } });
    const run = runs.byHand(id, false);
    await settle();
    started(run.id);
    const shape: Pipeline['shape'] = [
      {
        name: 'id',
        declared: 'bigint',
        type: { type: 'integer', bits: 64, isUnsigned: false },
        isNullable: false,
      },
    ];
    news({ type: 'succeeded', id: run.id, result: result({ position: '{"cursor":"7"}', shape }) });
    expect(book.get(run.id)).toMatchObject({ state: 'succeeded', outcome: { rowsBefore: 53, rowsAfter: 0 } });
    expect(repository.position(id)).toBe('{"cursor":"7"}');
    expect(saved.get(id)).toMatchObject({ revision: 1, pipeline: { shape } });
    expect(book.openOf(follower)).toMatchObject([{ reason: { type: 'after', runId: run.id } }]);
  });

  it('keeps news that the store could not take, in order, once it can', async () => {
    const { add, book, clock, database, news, queue, runs, started } = runsUnderTest();
    const id = add();
    const followers = [1, 2].map(() => add({ schedule: { type: 'after', pipelineId: id } }));
    const run = runs.byHand(id, false);
    await settle();
    const refuses = (event: string) =>
      database.prepare(`CREATE TRIGGER full BEFORE ${event} BEGIN SELECT RAISE(ABORT, 'full'); END`).run();
    const hasRoom = () => database.prepare('DROP TRIGGER full').run();
    refuses('UPDATE ON pipeline_runs');
    started(run.id);
    for (const readCount of [8, 9])
      news({ type: 'progress', id: run.id, progress: { ...noProgress, readCount } });
    hasRoom();
    await clock.advance(5_000);
    expect(book.get(run.id)).toMatchObject({ state: 'running', progress: { readCount: 9 } });
    // The end of the run is kept with the runs that follow it, or not at all: the last of them fails.
    refuses(`INSERT ON pipeline_runs WHEN NEW.pipeline_id = '${followers[1]}'`);
    news({ type: 'succeeded', id: run.id, result: result() });
    news({ type: 'log', id: run.id, lines: [{ at: 1, level: 'info', text: 'The end.' }] });
    expect(book.get(run.id).state).toBe('running');
    expect(book.open()).toHaveLength(1);
    await clock.advance(5_000);
    expect(book.get(run.id).state).toBe('running');
    hasRoom();
    await clock.advance(5_000);
    expect(book.get(run.id).state).toBe('succeeded');
    expect(followers.flatMap((one) => book.openOf(one))).toMatchObject([
      { state: 'waiting', reason: { runId: run.id } },
      { state: 'waiting', reason: { runId: run.id } },
    ]);
    expect(queue.known.size).toBe(2);
  });

  it('forgets where a run ended when the pipeline reads something else since', async () => {
    const { add, news, repository, runs, saved } = runsUnderTest();
    const id = add();
    const run = runs.byHand(id, false);
    await settle();
    const { pipeline } = saved.get(id);
    const reading = { type: 'incremental', cursor: 'seen_at', lookback: 0 } as const;
    saved.save({ id, revision: 1, pipeline: { ...pipeline, reading } });
    news({ type: 'succeeded', id: run.id, result: result({ position: 'of the old one' }) });
    expect(repository.position(id)).toBeNull();
  });

  it('says soon after a kill that a run is interrupted, and gives it to a queue that lost it', async () => {
    const before = runsUnderTest();
    const id = before.add();
    const run = before.runs.byHand(id, false);
    await settle();
    before.started(run.id);
    const after = runsUnderTest({ database: before.database });
    after.runs.start();
    expect(after.book.get(run.id).state).toBe('interrupted');
    await settle();
    expect([...after.queue.known.keys()]).toEqual([run.id]);
    after.started(run.id);
    expect(after.book.get(run.id).state).toBe('running');
  });

  it('takes down what happened while the app was closed, and does not run it again', async () => {
    const before = runsUnderTest();
    const run = before.runs.byHand(before.add(), false);
    await settle();
    const queue = new QueueInMemory();
    queue.missed = [{ type: 'succeeded', id: run.id, result: result() }];
    const after = runsUnderTest({ database: before.database, queue });
    after.runs.start();
    await settle();
    expect(after.book.get(run.id).state).toBe('succeeded');
    expect(queue.known.size).toBe(0);
  });

  it('gives a run that the queue still has at the next start what it needs to go on, sealed anew', async () => {
    const before = runsUnderTest();
    const run = before.runs.byHand(before.add(), false);
    await settle();
    const queue = new QueueInMemory();
    const left = before.queue.known.get(run.id);
    if (left !== undefined) queue.known.set(run.id, { ...left, sealed: 'of the app that was killed' });
    const after = runsUnderTest({ database: before.database, queue });
    after.runs.start();
    await settle();
    expect(queue.known.get(run.id)?.sealed).toBe(left?.sealed);
    expect(after.book.findOpen(run.id)).not.toBeNull();
  });

  it('holds a run back while the vault is locked, and goes on when it is opened', async () => {
    const { add, book, lockVault, queue, runs } = runsUnderTest();
    lockVault(new AppError('VAULT_PASSPHRASE_REQUIRED', { title: 'The vault is locked' }));
    const run = runs.byHand(add(), false);
    await settle();
    expect(book.get(run.id)).toMatchObject({ state: 'waiting', failure: { title: 'The vault is locked' } });
    lockVault(null);
    runs.vaultOpened();
    await settle();
    expect(book.get(run.id)).toMatchObject({ state: 'waiting', failure: null });
    expect(queue.known.size).toBe(1);
  });

  it('tries again by itself while the queue cannot be reached', async () => {
    const { add, book, clock, queue, runs } = runsUnderTest();
    queue.failure = new AppError('QUEUE_UNAVAILABLE', { title: 'The queue cannot be reached' });
    const run = runs.byHand(add(), false);
    await settle();
    expect(book.get(run.id)).toMatchObject({ state: 'waiting', retryAt: clock.wallMs() + 5_000 });
    queue.failure = null;
    await clock.advance(5_000);
    expect(queue.known.size).toBe(1);
  });

  it('holds a run back while the store takes nothing, and does not fail it', async () => {
    const { add, book, clock, database, lockVault, queue, runs } = runsUnderTest();
    lockVault(new AppError('DISK_FULL', { title: 'The disk is full' }));
    const run = runs.byHand(add(), false);
    database
      .prepare("CREATE TRIGGER full BEFORE UPDATE ON pipeline_runs BEGIN SELECT RAISE(ABORT, 'full'); END")
      .run();
    await settle();
    await clock.advance(5_000);
    database.prepare('DROP TRIGGER full').run();
    await clock.advance(5_000);
    expect(book.get(run.id)).toMatchObject({ state: 'waiting', failure: { code: 'DISK_FULL' } });
    lockVault(null);
    await clock.advance(300_000);
    expect([...queue.known.keys()]).toEqual([run.id]);
    expect(book.get(run.id)).toMatchObject({ state: 'waiting', failure: null });
  });

  it('fails a run that cannot be begun', async () => {
    const { add, book, lockVault, runs } = runsUnderTest();
    lockVault(new AppError('PIPELINE_INVALID', { title: 'A data source is gone' }));
    const run = runs.byHand(add(), false);
    await settle();
    expect(book.get(run.id)).toMatchObject({ state: 'failed', failure: { code: 'PIPELINE_INVALID' } });
  });

  it('seals a run anew that waited for longer than it was sealed for, and fails one that did not', async () => {
    const { add, book, clock, news, queue, runs } = runsUnderTest();
    const run = runs.byHand(add(), false);
    await settle();
    const first = queue.known.get(run.id)?.sealed;
    await clock.advance(60_000);
    const failure = someErrorDto('QUEUE_UNAVAILABLE');
    news({ type: 'failed', id: run.id, failure, retryAt: null });
    await settle();
    expect(book.get(run.id).state).toBe('waiting');
    expect(queue.known.get(run.id)?.sealed).not.toBe(first);
    news({ type: 'failed', id: run.id, failure, retryAt: null });
    expect(book.get(run.id).state).toBe('failed');
  });

  it('seals a run anew that had one attempt and expired in the queue while the app was closed', async () => {
    const before = runsUnderTest();
    const run = before.runs.byHand(before.add({ maxAttempts: 1 }), false);
    await settle();
    const failure = someErrorDto('QUEUE_UNAVAILABLE');
    const queue = new QueueInMemory();
    // A worker was quicker than the start of the app.
    queue.missed = [{ type: 'failed', id: run.id, failure, retryAt: null }];
    const after = runsUnderTest({ database: before.database, queue });
    after.runs.start();
    await settle();
    expect(after.book.get(run.id).state).toBe('waiting');
    expect([...queue.known.keys()]).toEqual([run.id]);
  });

  it('pauses at the queue, keeps paused what is begun late, and adds the same run again to resume it', async () => {
    const { add, book, news, queue, runs, started } = runsUnderTest();
    const run = runs.byHand(add(), false);
    await settle();
    started(run.id);
    await runs.request(run.id, 'pause');
    expect(queue.requests).toEqual([[run.id, 'pause']]);
    news({ type: 'stopped', id: run.id, request: 'pause' });
    expect(book.get(run.id).state).toBe('paused');
    await settle();
    expect(queue.known.size).toBe(0);
    started(run.id);
    expect(book.get(run.id).state).toBe('paused');
    runs.resume(run.id);
    await settle();
    expect([...queue.known.keys()]).toEqual([run.id]);
    started(run.id);
    expect(book.get(run.id).state).toBe('running');
  });

  it('follows a run that the queue gets anew after its second attempt, and counts from the first one', async () => {
    const { add, book, news, runs, started } = runsUnderTest();
    const run = runs.byHand(add(), false);
    await settle();
    started(run.id);
    news({ type: 'failed', id: run.id, failure: someErrorDto('CONNECTION_LOST'), retryAt: 70_000 });
    news({ type: 'started', id: run.id, attempt: 2, worker: 'here' });
    news({ type: 'stopped', id: run.id, request: 'pause' });
    runs.resume(run.id);
    await settle();
    started(run.id);
    news({ type: 'progress', id: run.id, progress: { ...noProgress, readCount: 9 } });
    expect(book.get(run.id)).toMatchObject({ state: 'running', attempt: 1, progress: { readCount: 9 } });
  });

  it('cancels at once a run that the queue does not have, and at the queue one that it begins all the same', async () => {
    const { add, book, lockVault, queue, runs, started } = runsUnderTest();
    lockVault(new AppError('VAULT_PASSPHRASE_REQUIRED', { title: 'The vault is locked' }));
    const id = add();
    const run = runs.byHand(id, false);
    await settle();
    await runs.request(run.id, 'cancel');
    expect(book.get(run.id).state).toBe('cancelled');
    started(run.id);
    expect(book.get(run.id).state).toBe('cancelled');
    expect(queue.requests).toEqual([[run.id, 'cancel']]);
  });

  it('keeps a run that is over as it is, whatever is told of it late', async () => {
    const { add, book, news, runs, started } = runsUnderTest();
    const run = runs.byHand(add(), false);
    await settle();
    started(run.id);
    const failure = someErrorDto('TYPE_LOSS');
    news({ type: 'failed', id: run.id, failure, retryAt: 70_000 });
    expect(book.get(run.id)).toMatchObject({ state: 'waiting', retryAt: 70_000 });
    news({ type: 'failed', id: run.id, failure, retryAt: null });
    news({ type: 'progress', id: run.id, progress: { ...noProgress, readCount: 9 } });
    news({ type: 'succeeded', id: run.id, result: result() });
    expect(book.get(run.id)).toMatchObject({ state: 'failed', progress: { readCount: 0 }, outcome: null });
  });
});

describe('a move of the queue', () => {
  it('brings runs to a checkpoint, and goes on with all of them in the new queue', async () => {
    const { add, book, news, now, queue, replaceQueue, runs, started } = runsUnderTest();
    const [executing, waiting] = [runs.byHand(add(), false), runs.byHand(add(), false)];
    await settle();
    started(executing.id);
    const moving = runs.move(replaceQueue, 10_000);
    await settle();
    expect(queue.requests).toEqual([
      [executing.id, 'pause'],
      [waiting.id, 'pause'],
    ]);
    for (const { id } of [executing, waiting]) news({ type: 'stopped', id, request: 'pause' });
    await moving;
    await settle();
    expect(queue.known.size).toBe(0);
    expect([...now().known.keys()].sort()).toEqual([executing.id, waiting.id].sort());
    expect([book.get(executing.id).state, book.get(waiting.id).state]).toEqual(['interrupted', 'waiting']);
  });

  it('does not wait for ever for a run that comes to no checkpoint, nor for a queue that is away', async () => {
    const { add, clock, now, queue, replaceQueue, runs, started } = runsUnderTest();
    const run = runs.byHand(add(), false);
    await settle();
    started(run.id);
    const moving = runs.move(replaceQueue, 10_000);
    await settle();
    expect(now()).toBe(queue);
    await clock.advance(10_000);
    await moving;
    await settle();
    expect([...now().known.keys()]).toEqual([run.id]);
  });

  it('lets a run end that a person cancels meanwhile', async () => {
    const { add, book, news, now, replaceQueue, runs, started } = runsUnderTest();
    const run = runs.byHand(add(), false);
    await settle();
    started(run.id);
    const moving = runs.move(replaceQueue, 10_000);
    await settle();
    await runs.request(run.id, 'cancel');
    news({ type: 'stopped', id: run.id, request: 'cancel' });
    await moving;
    await settle();
    expect(book.get(run.id).state).toBe('cancelled');
    expect(now().known.size).toBe(0);
  });

  it('leaves all as it was when it fails', async () => {
    const { add, book, news, queue, runs } = runsUnderTest();
    const run = runs.byHand(add(), false);
    await settle();
    const moving = runs.move(() => Promise.reject(new AppError('STORE_FAILED', { title: 'No' })), 10_000);
    const outcome = moving.catch((error: unknown) => error);
    await settle();
    news({ type: 'stopped', id: run.id, request: 'pause' });
    expect(await outcome).toMatchObject({ code: 'STORE_FAILED' });
    await settle();
    expect([...queue.known.keys()]).toEqual([run.id]);
    expect(book.get(run.id).state).toBe('waiting');
  });
});
