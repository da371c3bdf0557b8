import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/main/base/Clock.ts';
import { silentLogger } from '../../src/main/observability/Logger.ts';
import { BullRunQueue } from '../../src/main/sync/queue/BullRunQueue.ts';
import { defaultTimings } from '../../src/main/sync/queue/queueTimings.ts';
import type { QueuedRun } from '../../src/main/sync/queue/RunQueue.ts';
import { sealBundle } from '../../src/main/sync/queue/sealing.ts';
import { newWorkerKey, type WorkerKey } from '../../src/main/sync/queue/WorkerKey.ts';
import { buildWorkerProgram } from '../support/buildWorkerProgram.ts';
import { type DataPlace, postgresPlace } from '../support/distributed/DataPlace.ts';
import { postgresStore, redisStore, type SharedStore } from '../support/distributed/SharedStore.ts';
import { type NodeWorkers, nodeWorkers, WorkerFleet } from '../support/distributed/WorkerFleet.ts';
import { PostgresCluster } from '../support/postgresCluster.ts';
import { someBundle } from '../support/someBundle.ts';
import { somePipeline } from '../support/somePipeline.ts';
import { type Figure, timed } from './figures.ts';

const workerCounts = [1, 2, 3];
const concurrency = 2;
/** Many runs of few rows, and few runs of many. */
const loads = [
  { name: 'runs of 10 rows', tableCount: 60, rowCount: 10, unit: 'runs/s', perRun: 1 },
  { name: 'runs of 200,000 rows', tableCount: 6, rowCount: 200_000, unit: 'rows/s', perRun: 200_000 },
];
type Load = (typeof loads)[number];

/** Runs of pipelines in one, two and three workers, on each kind of store. All share the cores of this machine. */
export async function measureDistributed(): Promise<Figure[]> {
  const cluster = await PostgresCluster.start();
  const folder = mkdtempSync(join(tmpdir(), 'mooring-bench-'));
  const place = await postgresPlace(cluster);
  try {
    const entry = await buildWorkerProgram(folder, 'src/main/sync/worker/syncWorker.ts');
    for (const load of loads) await makeTables(place, load);
    const figures: Figure[] = [];
    for (const open of [postgresStore, redisStore]) {
      const shared = await open();
      try {
        for (const load of loads) figures.push(...(await measureLoad(load, { shared, place, entry })));
      } finally {
        await shared.dispose();
      }
    }
    return figures;
  } finally {
    await place.dispose();
    await cluster.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Bench {
  readonly shared: SharedStore;
  readonly place: DataPlace;
  readonly entry: string;
}

async function makeTables(place: DataPlace, { tableCount, rowCount }: Load): Promise<void> {
  for (let index = 0; index < tableCount; index += 1) {
    const columns = 'id bigint PRIMARY KEY, name text, amount numeric(12,2)';
    for (const name of [`from_${rowCount}_${index}`, `to_${rowCount}_${index}`])
      await place.rows(`CREATE TABLE ${name} (${columns})`);
    await place.rows(`INSERT INTO from_${rowCount}_${index}
      SELECT i, 'name ' || i, i / 100.0 FROM generate_series(1, ${rowCount}) i`);
  }
}

async function measureLoad(load: Load, bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  let ofOne = 0;
  for (const count of workerCounts) {
    const tookMs = await measureWorkers(load, count, bench);
    const value = (load.tableCount * load.perRun) / (tookMs / 1_000);
    if (count === 1) ofOne = value;
    figures.push({
      name: `pipelines on a ${bench.shared.name} queue, ${load.name}, workers: ${count}`,
      ...{ value, unit: load.unit, against: `${(value / ofOne).toFixed(2)} of one worker` },
    });
  }
  return figures;
}

/** From the moment at which all workers take runs. @returns milliseconds until the last run has ended */
async function measureWorkers(load: Load, count: number, { shared, place, entry }: Bench): Promise<number> {
  for (let index = 0; index < load.tableCount; index += 1)
    await place.rows(`TRUNCATE to_${load.rowCount}_${index}`);
  const key = newWorkerKey();
  const options = { clock: systemClock, logger: silentLogger, timings: defaultTimings };
  const queue = new BullRunQueue({ store: shared.store, group: key.id, ...options });
  const { fleet, ready } = startedFleet({ entry, store: shared.store, key, concurrency }, count);
  try {
    await queue.start();
    await ready;
    const runs = runsOf(load, place, key);
    return await timed(async () => {
      const ended = allEnded(queue, runs.length);
      for (const run of runs) await queue.add(run);
      await ended;
    });
  } finally {
    await fleet.dispose();
    await queue.close();
  }
}

/** Workers, and when all of them take runs. */
function startedFleet(workers: NodeWorkers, count: number): { fleet: WorkerFleet; ready: Promise<void> } {
  let isReady: () => void = () => undefined;
  let waitingFor = count;
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const onReady = (): void => {
    waitingFor -= 1;
    if (waitingFor === 0) isReady();
  };
  return { fleet: new WorkerFleet(nodeWorkers({ ...workers, onReady }), count), ready };
}

function runsOf({ tableCount, rowCount }: Load, place: DataPlace, key: WorkerKey): QueuedRun[] {
  const sourceId = place.source.id;
  const relation = (name: string) => ({ schema: place.schema, name });
  return Array.from({ length: tableCount }, (_, index) => {
    const pipeline = somePipeline(
      { from: sourceId, to: sourceId },
      {
        source: { type: 'relation', sourceId, relation: relation(`from_${rowCount}_${index}`) },
        destination: {
          ...{ type: 'table', sourceId, table: relation(`to_${rowCount}_${index}`) },
          ...{ mode: 'append', key: [] },
        },
      },
    );
    const bundle = someBundle({ pipeline, pipelineId: randomUUID(), sources: [place.source] });
    const { runId: id, pipelineId } = bundle;
    return { id, pipelineId, sealed: sealBundle(bundle, key, Date.now() + 3_600_000), maxAttempts: 1 };
  });
}

/** @throws when one fails: then the figure would be about something else */
function allEnded(queue: BullRunQueue, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let endedCount = 0;
    queue.onNews.on((news) => {
      if (news.type === 'failed') reject(new Error(`A run failed: ${news.failure.title}`));
      if (news.type !== 'succeeded') return;
      endedCount += 1;
      if (endedCount === count) resolve();
    });
  });
}
