import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../../../src/main/base/AppError.ts';
import type { Clock } from '../../../../src/main/base/Clock.ts';
import type { QueueStore } from '../../../../src/main/sync/queue/QueueStore.ts';
import type { RunResult, TakenRun } from '../../../../src/main/sync/queue/RunQueue.ts';
import { JumpingClock } from '../../../support/faults/JumpingClock.ts';
import { HeardQueue, QueueUnderTest, someResult, someRun, takerOf } from '../../../support/queueUnderTest.ts';
import { RedisServer } from '../../../support/RedisServer.ts';
import { shortTimings } from '../../../support/shortTimings.ts';

const hourMs = 3_600_000;

/** The servers that a queue can be kept in. */
const servers = {
  PostgreSQL: async () => {
    const server = await QueueUnderTest.start();
    return { store: await server.store(), dispose: () => server.dispose() };
  },
  Redis: async () => {
    const server = await RedisServer.start();
    return { store: server.store(), dispose: () => server.dispose() };
  },
};
let store: QueueStore;

/** A queue of its own, which is closed after the test. */
async function heard(group = randomUUID(), clock?: Clock): Promise<HeardQueue & { group: string }> {
  const queue = await HeardQueue.open(store, group, clock);
  onTestFinished(() => queue.queue.close());
  return Object.assign(queue, { group });
}

async function worker(group: string, execute: (taken: TakenRun) => Promise<RunResult>, count = 2) {
  const taker = takerOf(store, group);
  await taker.start(execute, count);
  onTestFinished(() => taker.close(1_000));
  return taker;
}

/** Executes until it is told to stop. */
const untilStopped = (taken: TakenRun) =>
  new Promise<RunResult>((_resolve, reject) => {
    const stop = () => reject(taken.signal.reason);
    if (taken.signal.aborted) stop();
    else taken.signal.addEventListener('abort', stop, { once: true });
  });

describe.each(Object.entries(servers))('in %s', (_name, start) => {
  let dispose: () => Promise<void>;
  beforeAll(async () => {
    ({ store, dispose } = await start());
  });
  afterAll(() => dispose());

  describe('a run in the queue', () => {
    it('tells its start, its log, how far it is and what it came to, in order', async () => {
      const app = await heard();
      await worker(app.group, async (taken) => {
        taken.log('info', 'Reading\0');
        taken.progress({
          ...{ phase: 'copying', readCount: 7, writtenCount: 7, rejectedCount: 0 },
          ...{ byteCount: 70, totalCount: null, rate: 7 },
        });
        taken.log('warn', 'One value was lost');
        return someResult;
      });
      const run = someRun();
      expect(await app.queue.add(run)).toBe(true);
      expect(await app.queue.add(run)).toBe(false);
      expect((await app.until(run.id, 'succeeded')).result).toEqual(someResult);
      expect(app.typesOf(run.id)).toEqual(['started', 'log', 'succeeded']);
      const lines = app.news.flatMap((news) => (news.type === 'log' ? news.lines : []));
      expect(lines.map((line) => line.text)).toEqual(['Reading\0', 'One value was lost']);
      expect(app.news.some((news) => news.type === 'progress' && news.progress.readCount === 7)).toBe(true);
    });

    it('is tried again when what failed can heal, and is dead after its last attempt', async () => {
      const app = await heard();
      const attempts: number[] = [];
      const run = someRun({ maxAttempts: 2 });
      await worker(app.group, async (taken) => {
        attempts.push(taken.attempt);
        if (taken.attempt === 2) await app.until(run.id, 'failed');
        throw new AppError('CONNECTION_LOST', { title: 'Lost', detail: 'At /home/x\0', retryable: true });
      });
      await app.queue.add(run);
      expect((await app.until(run.id, 'failed')).retryAt).toEqual(expect.any(Number));
      const all = ['started', 'failed', 'started', 'failed'];
      await expect.poll(() => app.typesOf(run.id), { timeout: 10_000 }).toEqual(all);
      expect(attempts).toEqual([1, 2]);
      expect(app.news.filter((news) => news.type === 'failed').at(-1)).toMatchObject({
        retryAt: null,
        failure: { code: 'CONNECTION_LOST', title: 'Lost' },
      });
    });

    it('does not wait for its next attempt until a clock that was set back comes to it again', async () => {
      const clock = new JumpingClock();
      const app = await heard(randomUUID(), clock);
      const timings = { ...shortTimings, firstRetryMs: hourMs, longestRetryMs: hourMs };
      const taker = takerOf(store, app.group, timings);
      onTestFinished(() => taker.close(1_000));
      await taker.start(async ({ attempt }) => {
        if (attempt === 2) return someResult;
        throw new AppError('CONNECTION_LOST', { title: 'Lost', retryable: true });
      }, 1);
      const run = someRun();
      await app.queue.add(run);
      await app.until(run.id, 'failed');
      clock.jumpWall(-hourMs);
      await app.until(run.id, 'succeeded');
    });

    it('is not tried again when nothing heals by itself', async () => {
      const app = await heard();
      await worker(app.group, () => Promise.reject(new Error('a secret of the code')));
      const run = someRun();
      await app.queue.add(run);
      const { failure, retryAt } = await app.until(run.id, 'failed');
      expect(retryAt).toBeNull();
      expect(failure.code).toBe('INTERNAL');
      expect(JSON.stringify(failure)).not.toContain('secret');
    });

    it('ends when a person cancels or pauses it, and may be added again', async () => {
      const app = await heard();
      await worker(app.group, untilStopped);
      const [first, second] = [someRun(), someRun()];
      for (const run of [first, second]) await app.queue.add(run);
      await Promise.all([app.until(first.id, 'started'), app.until(second.id, 'started')]);
      await app.queue.request(first.id, 'cancel');
      await app.queue.request(second.id, 'pause');
      expect(await app.until(first.id, 'stopped')).toMatchObject({ request: 'cancel' });
      expect(await app.until(second.id, 'stopped')).toMatchObject({ request: 'pause' });
      expect(await app.queue.add(second)).toBe(true);
      const all = ['started', 'stopped', 'started'];
      await expect.poll(() => app.typesOf(second.id), { timeout: 10_000 }).toEqual(all);
    });

    it('ends at once when it only waits', async () => {
      const app = await heard();
      const run = someRun();
      await app.queue.add(run);
      await app.queue.request(run.id, 'cancel');
      expect(app.typesOf(run.id)).toEqual(['stopped']);
      expect(await app.queue.renew(run)).toBe(false);
    });

    it('never executes beside another run of its pipeline, whoever takes it', async () => {
      const app = await heard();
      const pipelineId = randomUUID();
      let now = 0;
      let most = 0;
      const execute = async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
        return someResult;
      };
      await Promise.all([worker(app.group, execute), worker(app.group, execute)]);
      const runs = Array.from({ length: 4 }, () => someRun({ pipelineId }));
      await Promise.all(runs.map((run) => app.queue.add(run)));
      await Promise.all(runs.map((run) => app.until(run.id, 'succeeded')));
      expect(most).toBe(1);
    });

    it('is given back, without a failed attempt, when its worker ends in order', async () => {
      const app = await heard();
      const run = someRun();
      const first = await worker(app.group, untilStopped);
      await app.queue.add(run);
      await app.until(run.id, 'started');
      await first.close(1_000);
      await app.until(run.id, 'interrupted');
      await worker(app.group, async (taken) => {
        expect(taken.attempt).toBe(1);
        return someResult;
      });
      await app.until(run.id, 'succeeded');
      expect(app.typesOf(run.id)).toEqual(['started', 'interrupted', 'started', 'succeeded']);
    });
  });

  describe('an app that was away', () => {
    it('hears what happened meanwhile, until it has forgotten the run', async () => {
      const group = randomUUID();
      const before = await HeardQueue.open(store, group);
      const [well, ill] = [someRun(), someRun()];
      for (const run of [well, ill]) await before.queue.add(run);
      await before.queue.close();
      const taker = await worker(group, async (taken) => {
        if (taken.run.id === ill.id) throw new AppError('QUERY_FAILED', { title: 'No such table' });
        taken.log('info', 'Done');
        return someResult;
      });
      const probe = await heard(group);
      await Promise.all([probe.until(well.id, 'succeeded'), probe.until(ill.id, 'failed')]);
      await taker.close(1_000);
      await probe.queue.close();

      const after = await heard(group);
      expect(after.typesOf(well.id)).toEqual(['started', 'succeeded']);
      expect(after.typesOf(ill.id)).toEqual(['started', 'failed']);
      for (const run of [well, ill]) await after.queue.forget(run.id);
      expect(await after.queue.renew(well)).toBe(false);
      expect((await heard(group)).news).toEqual([]);
    });
  });
});

it('heals when nobody can say whose a run is, because the store is away', async () => {
  const own = await QueueUnderTest.start();
  onTestFinished(() => own.dispose());
  const [ownStore, group] = [await own.store(), randomUUID()];
  const app = await HeardQueue.open(ownStore, group);
  onTestFinished(() => app.queue.close());
  const taker = takerOf(ownStore, group);
  const asked = new Promise((resolve) => {
    const execute = async (taken: TakenRun) => {
      await own.server.stop(2_000);
      await taken.isOwned().then(resolve, resolve);
      return someResult;
    };
    void taker.start(execute, 1).then(() => app.queue.add(someRun()));
  });
  onTestFinished(() => taker.close(100));
  expect(await asked).toMatchObject({ code: 'QUEUE_UNAVAILABLE', retryable: true });
});
