import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildWorkerProgram } from '../support/buildWorkerProgram.ts';
import { Chaos } from '../support/distributed/Chaos.ts';
import { makeCopies } from '../support/distributed/Copies.ts';
import { type DataPlace, mysqlPlace, postgresPlace } from '../support/distributed/DataPlace.ts';
import { faultsOf, runCopies } from '../support/distributed/runCopies.ts';
import { postgresStore, redisStore } from '../support/distributed/SharedStore.ts';
import { seededRandom, seedOfRun } from '../support/distributed/seededRandom.ts';
import { TeamApp } from '../support/distributed/TeamApp.ts';
import { type StartFleetWorker, WorkerFleet } from '../support/distributed/WorkerFleet.ts';
import { MysqlCluster } from '../support/mysql/MysqlCluster.ts';
import { PostgresCluster } from '../support/postgresCluster.ts';
import { temporaryFolder } from '../support/testStore.ts';
import { reaching, WorkerProgram } from '../support/workerProgram.ts';

const workerCount = 3;
const copyCount = Number(process.env.MOORING_COPIES ?? 50);
const rowCount = Number(process.env.MOORING_ROWS ?? 60_000);
const killMs = Number(process.env.MOORING_KILL_SECONDS ?? 2) * 1_000;
const stores = { PostgreSQL: postgresStore, Redis: redisStore } as const;

let source: PostgresCluster;
let destination: PostgresCluster;
let mariadb: MysqlCluster;
beforeAll(async () => {
  [source, destination, mariadb] = await Promise.all([
    PostgresCluster.start(),
    PostgresCluster.start(),
    MysqlCluster.start(),
  ]);
});
afterAll(() => Promise.all([source, destination, mariadb].map((server) => server.dispose())));

async function place(opened: Promise<DataPlace>): Promise<DataPlace> {
  const place = await opened;
  onTestFinished(() => place.dispose());
  return place;
}

/** mooring-worker, as it is shipped. */
function programs(entry: string, args: readonly string[]): StartFleetWorker {
  return (name) => {
    const program = WorkerProgram.start(entry, [...args, '--name', name, '--concurrency', '2']);
    return { name, pid: program.pid, signal: (signal) => program.kill(signal), exited: program.ended };
  };
}

describe.each(['PostgreSQL', 'Redis'] as const)('Workers that share a queue on %s', (name) => {
  it('copy all rows exactly while one of them is killed every few seconds and the queue hangs', async () => {
    const random = seededRandom(seedOfRun());
    const shared = await stores[name]();
    onTestFinished(() => shared.dispose());
    const from = await place(postgresPlace(source));
    const to = [await place(postgresPlace(destination)), await place(mysqlPlace(mariadb))];
    const copies = await makeCopies({ from, to, count: copyCount, rowCount });
    const sources = [from, ...to].map((one) => one.source);
    const app = await TeamApp.open(shared.store, sources);
    const folder = temporaryFolder();
    const entry = await buildWorkerProgram(folder);
    const start = programs(entry, await reaching(shared.store, app.key, folder));
    const fleet = new WorkerFleet(start, workerCount);
    onTestFinished(() => fleet.dispose());
    const chaos = new Chaos({ fleet, shared, random, killMs });
    onTestFinished(() => chaos.stop());
    const ran = await runCopies(app, copies);
    await chaos.stop();
    process.stdout.write(
      `${name}: ${ran.flatMap(({ runs }) => runs).length} runs, ${chaos.killCount} kills, ${chaos.pauseCount} pauses\n`,
    );
    expect(await faultsOf(ran)).toEqual([]);
    expect(chaos.killCount).toBeGreaterThan(0);
  });
});
