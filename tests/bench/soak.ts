import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { metricsHistoryLength } from '../../src/shared/model/historyLengths.ts';
import { Fleet } from '../support/faults/Fleet.ts';
import { JumpingClock } from '../support/faults/JumpingClock.ts';
import type { PostgresCluster } from '../support/postgresCluster.ts';
import type { Figure } from './figures.ts';

/** `MOORING_SOAK_CYCLES` makes a quick look out of it; what is promised holds for the default. */
const cycleCount = Number(process.env.MOORING_SOAK_CYCLES ?? 20_000);
const sourceCount = Math.min(1_000, cycleCount);
/** Data sources that are opened and closed at the same time. */
const workerCount = 4;
/** Part of the cycles that runs before anything is counted: caches, compiled code and histories fill up. */
const warmUpPart = 0.25;

/** What is held at a moment when nothing runs. */
interface Held {
  readonly heapBytes: number;
  /** Sockets, pipes and files that Node knows, and timers set on the product's clock. */
  readonly handles: number;
}

/**
 * Opens, uses and closes connections for a long time, the way a data source does it: what is held afterwards must be
 * what was held at the beginning.
 */
export async function measureSoak(cluster: PostgresCluster): Promise<Figure[]> {
  return [...(await soakCycles(cluster)), ...(await soakSources(cluster))];
}

/** The same few data sources again and again. */
async function soakCycles(cluster: PostgresCluster): Promise<Figure[]> {
  const clock = new JumpingClock();
  const fleet = new Fleet({ address: cluster, password: cluster.password, count: workerCount, clock });
  const runCycles = (count: number) =>
    inTurn(count, async (_, worker) => openUseClose(fleet, fleet.ids[worker] ?? ''));
  await runCycles(Math.ceil(cycleCount * warmUpPart));
  for (const id of fleet.ids) fillHistory(fleet, id);
  const before = await held(clock);
  await runCycles(cycleCount);
  const after = await held(clock);
  await fleet.dispose();
  return figures(`${cycleCount} open, query, close`, 'cycle', cycleCount, before, after);
}

/** Each of many data sources, which is then removed as a person removes one; and what one leaves that is not removed. */
async function soakSources(cluster: PostgresCluster): Promise<Figure[]> {
  const clock = new JumpingClock();
  const fleet = new Fleet({ address: cluster, password: cluster.password, count: sourceCount, clock });
  const runAll = (work: (id: string) => void) =>
    inTurn(fleet.ids.length, async (at) => {
      const id = fleet.ids[at] ?? '';
      await openUseClose(fleet, id);
      work(id);
    });
  const remove = (id: string) => fleet.metrics.forget(id);
  await runAll(remove);
  const before = await held(clock);
  await runAll(remove);
  const after = await held(clock);
  await runAll(() => undefined);
  const unremoved = await held(clock);
  await fleet.dispose();
  return [
    ...figures(`${sourceCount} data sources in turn`, 'data source', sourceCount, before, after),
    {
      name: 'history of a data source used once',
      value: (unremoved.heapBytes - after.heapBytes) / sourceCount,
      unit: 'B',
      against: 'kept until it is removed; at most metricsHistoryLength samples',
    },
  ];
}

/** The history is bounded: once it is full, the seconds that pass add nothing to it. */
function fillHistory({ metrics }: Fleet, id: string): void {
  const pool = metrics.samples(id).at(-1)?.pool;
  if (pool === undefined) throw new Error('A data source that was used has a sample');
  for (let count = 0; count < metricsHistoryLength; count += 1) metrics.sample(id, { ...pool });
}

async function openUseClose(fleet: Fleet, id: string): Promise<void> {
  await fleet.run(id, 'select 1');
  await fleet.manager.disconnect(id);
}

/** Calls `work` so many times, a few at once, each worker one after the other. */
async function inTurn(count: number, work: (at: number, worker: number) => Promise<void>): Promise<void> {
  let next = 0;
  const runWorker = async (_: unknown, worker: number) => {
    while (next < count) {
      const at = next;
      next += 1;
      await work(at, worker);
    }
  };
  await Promise.all(Array.from({ length: workerCount }, runWorker));
}

async function held(clock: JumpingClock): Promise<Held> {
  // The metrics of all data sources are sampled each second, once more after the last one was closed.
  for (let looks = 0; looks < 20 && clock.pendingCount > 0; looks += 1) await pause(100);
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  // Twice, with a turn of the event loop between: what a closed socket still referred to goes with the second.
  for (let round = 0; round < 2; round += 1) {
    await pause(100);
    if (typeof collect === 'function') collect();
  }
  const { heapUsed, external } = process.memoryUsage();
  return {
    heapBytes: heapUsed + external,
    handles: process.getActiveResourcesInfo().length + clock.pendingCount,
  };
}

function figures(name: string, unit: string, count: number, before: Held, after: Held): Figure[] {
  const megabytes = ({ heapBytes }: Held) => (heapBytes / 1_048_576).toFixed(2);
  return [
    {
      name: `${name}: heap`,
      value: (after.heapBytes - before.heapBytes) / count,
      unit: 'B',
      against: `0 for each ${unit}: ${megabytes(before)} MB before, ${megabytes(after)} MB after`,
    },
    {
      name: `${name}: handles`,
      value: after.handles,
      unit: '',
      against: `before ${before.handles}`,
    },
  ];
}

const pause = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));
