import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { pause } from '../../src/main/base/abort.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import { silentLogger } from '../../src/main/observability/Logger.ts';
import { BullRunTaker } from '../../src/main/sync/queue/BullRunTaker.ts';
import { buildWorkerProgram } from '../support/buildWorkerProgram.ts';
import { type Copy, makeCopies } from '../support/distributed/Copies.ts';
import { type DataPlace, mysqlPlace, postgresPlace } from '../support/distributed/DataPlace.ts';
import { faultsOf, runCopies } from '../support/distributed/runCopies.ts';
import { postgresStore, type SharedStore } from '../support/distributed/SharedStore.ts';
import { seededRandom, seedOfRun } from '../support/distributed/seededRandom.ts';
import { TeamApp } from '../support/distributed/TeamApp.ts';
import {
  type FleetWorker,
  nodeWorkers,
  WorkerFleet,
  type WorkerLine,
} from '../support/distributed/WorkerFleet.ts';
import { TestAuthority } from '../support/postgresClusterCertificates.ts';
import { HeardQueue, someResult, someRun } from '../support/queueUnderTest.ts';
import { RedisServer } from '../support/RedisServer.ts';
import { shortTimings } from '../support/shortTimings.ts';
import { temporaryFolder } from '../support/testStore.ts';
import { reaching, WorkerProgram } from '../support/workerProgram.ts';

const slow = { timeout: 60_000, interval: 20 };
const timeout = 240_000;

let shared: SharedStore;
let entry: string;
const folder = mkdtempSync(join(tmpdir(), 'mooring-worker-'));
beforeAll(async () => {
  [shared, entry] = await Promise.all([
    postgresStore(),
    buildWorkerProgram(folder, 'tests/support/distributed/testWorkerEntry.ts'),
  ]);
}, 300_000);
afterAll(async () => {
  await shared.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** A database of its own on the shared server, gone after the test. */
async function place(opened: Promise<DataPlace>): Promise<DataPlace> {
  const place = await opened;
  onTestFinished(() => place.dispose());
  return place;
}

/** A pipeline that appends to a table without a key, an app that runs it, and what workers of it say. */
async function appending() {
  const from = await place(postgresPlace(inject('postgres')));
  const to = await place(postgresPlace(inject('postgres')));
  const copies = await makeCopies({ from, to: [to], count: 1, rowCount: 90_000 });
  const app = await TeamApp.open(shared.store, [from.source, to.source]);
  const lines: [string, WorkerLine][] = [];
  const folder = temporaryFolder();

  function worker(name: string, ...args: string[]): FleetWorker {
    const onLine = (line: WorkerLine): void => void lines.push([name, line]);
    const start = nodeWorkers({ entry, store: shared.store, key: app.key, concurrency: 1, args, onLine });
    const started = start(name);
    onTestFinished(async () => {
      started.signal('SIGKILL');
      await started.exited;
    });
    return started;
  }

  const startedBy = (name: string) =>
    expect
      .poll(() => app.news.some((news) => news.type === 'started' && news.worker === name), slow)
      .toBe(true);
  const saidTakenOver = (name: string) =>
    expect
      .poll(() => lines.filter(([from]) => from === name).map(([, line]) => line.code), slow)
      .toContain('RUN_SUPERSEDED');
  const epoch = async () => Number((await to.rows('SELECT max(epoch) FROM mooring_pipelines'))[0]?.[0]);
  return { app, copies, epoch, folder, saidTakenOver, startedBy, worker };
}

/** Somebody has halted there. */
const halted = (path: string) => expect.poll(() => existsSync(path), slow).toBe(true);
const letGo = (path: string) => writeFile(`${path}.go`, '');

async function expectExact(app: TeamApp, copies: readonly Copy[], running: ReturnType<typeof runCopies>) {
  expect(await faultsOf(await running)).toEqual([]);
  expect(app.news.filter(({ type }) => type === 'succeeded')).toHaveLength(copies.length);
}

/** The small form of `npm run test:distributed`. */
describe('Workers that are killed in the middle of their runs', () => {
  const sizes = { count: 6, rowCount: 50_000 };
  const killCount = 3;

  it(
    'lose no row and double none',
    async () => {
      const random = seededRandom(seedOfRun());
      const from = await place(postgresPlace(inject('postgres')));
      const to = [await place(postgresPlace(inject('postgres'))), await place(mysqlPlace(inject('mariadb')))];
      const copies = await makeCopies({ from, to, ...sizes });
      const sources = [from, ...to].map(({ source }) => source);
      const app = await TeamApp.open(shared.store, sources);
      const fleet = new WorkerFleet(
        nodeWorkers({ entry, store: shared.store, key: app.key, concurrency: 2 }),
        2,
      );
      onTestFinished(() => fleet.dispose());
      let killed = 0;
      let untilKill = 2;
      app.queue.onNews.on((news) => {
        if (news.type !== 'progress' || news.progress.readCount === 0 || killed === killCount) return;
        untilKill -= 1;
        if (untilKill > 0) return;
        fleet.killOne(random());
        killed += 1;
        untilKill = 1 + Math.floor(random() * 5);
      });
      const ran = await runCopies(app, copies);
      expect(await faultsOf(ran)).toEqual([]);
      expect(killed).toBe(killCount);
    },
    timeout,
  );
});

describe('A worker of a queue on a Redis that speaks TLS alone', () => {
  it(
    'trusts the authority that it was given, and copies all rows',
    async () => {
      const authority = await TestAuthority.create();
      onTestFinished(() => authority.dispose());
      const server = await RedisServer.start({ tls: await authority.issue({ names: ['IP:127.0.0.1'] }) });
      onTestFinished(() => server.dispose());
      const store = server.store({ tls: { mode: 'verified', caPem: authority.certificatePem } });
      const from = await place(postgresPlace(inject('postgres')));
      const to = await place(postgresPlace(inject('postgres')));
      const copies = await makeCopies({ from, to: [to], count: 3, rowCount: 20_000 });
      const app = await TeamApp.open(store, [from.source, to.source]);
      const folder = temporaryFolder();
      const shipped = await buildWorkerProgram(folder);
      const program = await WorkerProgram.ready(shipped, await reaching(store, app.key, folder));
      onTestFinished(() => program.stop());
      expect(await faultsOf(await runCopies(app, copies))).toEqual([]);
    },
    timeout,
  );
});

describe('A worker that stands still for longer than its lock', () => {
  it(
    'has its next batch refused when another one has gone on with the run (S24 c)',
    async () => {
      const { app, copies, epoch, folder, saidTakenOver, worker } = await appending();
      const path = join(folder, 'blocked');
      worker('blocked', 'blocks', 'write', path);
      const running = runCopies(app, copies);
      await halted(path);
      worker('other');
      await expect.poll(epoch, slow).toBe(2);
      await letGo(path);
      await saidTakenOver('blocked');
      await expectExact(app, copies, running);
    },
    timeout,
  );

  it(
    'does no harm when it takes hold of the destination late, before it learns of the other one',
    async () => {
      const { app, copies, epoch, folder, saidTakenOver, worker } = await appending();
      const [late, other] = [join(folder, 'late'), join(folder, 'other')];
      worker('late', 'blocks', 'begin', late);
      const running = runCopies(app, copies);
      await halted(late);
      worker('other', 'waits', 'write', other);
      await halted(other);
      await letGo(late);
      await expect.poll(epoch, slow).toBe(2);
      await letGo(other);
      await saidTakenOver('other');
      const [ran] = await running;
      // The attempt that found another worker there is followed by one more.
      expect(ran?.runs[0]).toMatchObject({ state: 'succeeded', attempt: 2 });
      const faults = await faultsOf(await running);
      expect(faults).toEqual([`${copies[0]?.name}, run 1: 2 attempts`]);
    },
    timeout,
  );

  it(
    'leaves the run to another one when its process was stopped in the middle of it',
    async () => {
      const { app, copies, folder, saidTakenOver, startedBy, worker } = await appending();
      const path = join(folder, 'stopped');
      const stopped = worker('stopped', 'waits', 'write', path);
      const running = runCopies(app, copies);
      await halted(path);
      stopped.signal('SIGSTOP');
      await letGo(path);
      worker('other');
      await startedBy('other');
      stopped.signal('SIGCONT');
      await saidTakenOver('stopped');
      await expectExact(app, copies, running);
    },
    timeout,
  );
});

describe('A run that takes longer than its lock', () => {
  it(
    'stays with its worker, however often others look for runs that are left (S24 b)',
    async () => {
      const lockMs = 1_000;
      const group = randomUUID();
      const timings = { ...shortTimings, lockMs, stalledMs: 50, heartbeatMs: 50 };
      const app = await HeardQueue.open(shared.store, group);
      onTestFinished(() => app.queue.close());
      let takenCount = 0;
      for (const name of ['one', 'other']) {
        const taker = new BullRunTaker({
          ...{ store: shared.store, group, name, clock: systemClock, logger: silentLogger, timings },
        });
        await taker.start(async ({ signal }) => {
          takenCount += 1;
          // The work itself: ten locks, 200 looks.
          await pause(systemClock, 10 * lockMs, signal);
          return someResult;
        }, 1);
        onTestFinished(() => taker.close(1_000));
      }
      const run = someRun();
      await app.queue.add(run);
      await app.until(run.id, 'succeeded');
      expect(app.typesOf(run.id)).toEqual(['started', 'succeeded']);
      expect(takenCount).toBe(1);
    },
    timeout,
  );
});
