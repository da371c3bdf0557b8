import { expect, inject, it, onTestFinished } from 'vitest';
import { makeCopies } from '../../../support/distributed/Copies.ts';
import { type DataPlace, mysqlPlace, postgresPlace } from '../../../support/distributed/DataPlace.ts';
import { faultsOf, runCopies } from '../../../support/distributed/runCopies.ts';
import { postgresStore } from '../../../support/distributed/SharedStore.ts';
import { seededRandom, seedOfRun } from '../../../support/distributed/seededRandom.ts';
import { TeamApp } from '../../../support/distributed/TeamApp.ts';
import { nodeWorkers, WorkerFleet } from '../../../support/distributed/WorkerFleet.ts';

const entry = new URL('../../../support/distributed/shortWorkerEntry.ts', import.meta.url);
/** The small part of `npm run test:distributed`. */
const sizes = { count: 6, rowCount: 90_000 };
const killCount = 4;

/** A database of its own on the shared server, gone after the test. */
async function place(opened: Promise<DataPlace>): Promise<DataPlace> {
  const place = await opened;
  onTestFinished(() => place.dispose());
  return place;
}

it('Workers that are killed in the middle of their runs lose no row and double none', async () => {
  const random = seededRandom(seedOfRun());
  const shared = await postgresStore();
  onTestFinished(() => shared.dispose());
  const from = await place(postgresPlace(inject('postgres')));
  const to = [await place(postgresPlace(inject('postgres'))), await place(mysqlPlace(inject('mariadb')))];
  const copies = await makeCopies({ from, to, ...sizes });
  const sources = [from, ...to].map(({ source }) => source);
  const app = await TeamApp.open(shared.store, sources);
  const fleet = new WorkerFleet(nodeWorkers({ entry, store: shared.store, key: app.key, concurrency: 2 }), 2);
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
}, 120_000);
