import pg from 'pg';
import type { DataSourceId } from '../../src/shared/model/ids.ts';
import { FaultProxy } from '../support/faults/FaultProxy.ts';
import { Fleet } from '../support/faults/Fleet.ts';
import { PostgresCluster } from '../support/postgresCluster.ts';
import { type Figure, median, timed } from './figures.ts';

const rounds = 5;
/** Between two looks whether something is back. */
const lookIntervalMs = 2;
/** Longest outage that is worth a figure. */
const patienceMs = 30_000;
/** How long the server or the path stays away, so that waiting and breaker come into play. */
const outageMs = 1_500;

/** What a fault needs. */
interface Scene {
  readonly cluster: PostgresCluster;
  readonly proxy: FaultProxy;
  readonly fleet: Fleet;
  readonly id: DataSourceId;
}

interface Fault {
  readonly name: string;
  /** Breaks it, and makes it good again; resolves at the moment when it is good. */
  inject(scene: Scene): Promise<void>;
}

const faults: readonly Fault[] = [
  {
    name: 'every session terminated',
    inject: async ({ cluster, fleet }) => {
      await cluster.execute(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = '${fleet.applicationName}'`,
      );
    },
  },
  { name: 'reset (RST)', inject: async ({ proxy }) => proxy.cut('reset') },
  {
    name: `server crashed and restarted, ${outageMs} ms away`,
    inject: async ({ cluster }) => {
      await cluster.stop('immediate');
      await pause(outageMs);
      await cluster.startServer();
    },
  },
  {
    name: `path refused for ${outageMs} ms`,
    inject: async ({ proxy }) => {
      proxy.refuse();
      proxy.cut('reset');
      await pause(outageMs);
      await proxy.heal();
    },
  },
  {
    name: 'sockets half open after a sleep',
    inject: async ({ proxy, fleet }) => {
      proxy.loseOpen();
      fleet.manager.resumed();
    },
  },
];

/**
 * From the moment when server and path are good again until a statement of ours is answered, for each fault; held
 * against a bare client that connects at that moment.
 */
export async function measureRecovery(): Promise<Figure[]> {
  const cluster = await PostgresCluster.start();
  const proxy = await FaultProxy.start(cluster);
  try {
    const figures: Figure[] = [];
    for (const fault of faults) figures.push(await measureFault(fault, cluster, proxy));
    return [...figures, await measureRefusal(cluster, proxy)];
  } finally {
    proxy.dispose();
    await cluster.dispose();
  }
}

async function measureFault(fault: Fault, cluster: PostgresCluster, proxy: FaultProxy): Promise<Figure> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const fleet = new Fleet({
      address: proxy,
      password: cluster.password,
      count: 1,
      pool: { min: 2, max: 4 },
    });
    const [id = ''] = fleet.ids;
    await fleet.run(id, 'select 1');
    await fault.inject({ cluster, proxy, fleet, id });
    ours.push(await timed(() => untilAnswered(fleet, id)));
    await fleet.dispose();
    bare.push(await timed(() => connectBare(cluster, proxy)));
  }
  return {
    name: `back after: ${fault.name}`,
    value: median(ours),
    unit: 'ms',
    against: `bare pg.Client ${median(bare).toFixed(1)} ms; slowest of ours ${Math.max(...ours).toFixed(0)} ms`,
  };
}

/** How long a caller waits for its refusal while the breaker is open. */
async function measureRefusal(cluster: PostgresCluster, proxy: FaultProxy): Promise<Figure> {
  const fleet = new Fleet({ address: proxy, password: cluster.password, count: 1 });
  const [id = ''] = fleet.ids;
  proxy.refuse();
  const refusals: number[] = [];
  const giveUpAt = performance.now() + patienceMs;
  while (refusals.length < 100 && performance.now() < giveUpAt) {
    const isOpen = fleet.status(id) === 'open-circuit';
    const refusal = await timed(() => fleet.run(id, 'select 1').catch(() => undefined));
    if (isOpen) refusals.push(refusal);
    else await pause(lookIntervalMs);
  }
  await fleet.dispose();
  await proxy.heal();
  return {
    name: 'refusal while the breaker is open',
    value: median(refusals),
    unit: 'ms',
    against: `promised 5 ms; slowest of ${refusals.length} ${Math.max(...refusals).toFixed(2)} ms`,
  };
}

async function untilAnswered(fleet: Fleet, id: DataSourceId): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    try {
      await fleet.run(id, 'select 1');
      return;
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
      await pause(lookIntervalMs);
    }
  }
}

async function connectBare({ password, user }: PostgresCluster, { host, port }: FaultProxy): Promise<void> {
  const client = new pg.Client({ host, port, user, password, database: 'postgres', ssl: false });
  await client.connect();
  await client.query('select 1');
  await client.end();
}

const pause = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));
