import { once } from 'node:events';
import type { Socket } from 'node:net';
import pg from 'pg';
import { FakePostgres } from '../support/fakePostgres.ts';
import type { PostgresCluster } from '../support/postgresCluster.ts';
import { fieldsFor } from '../support/postgresClusterFields.ts';
import { openSession } from '../support/postgresClusterSession.ts';
import { type Figure, median, timed } from './figures.ts';

const rounds = 200;
/** Not counted: code is not compiled yet, caches are cold. */
const warmUpRounds = 50;

/** What it takes to connect, and to give up connecting. */
export async function measureConnecting(cluster: PostgresCluster): Promise<Figure[]> {
  return [await measureLogin(cluster), await measureGivingUp()];
}

/** A first usable connection with SCRAM: ours, with its stages and guards, against bare pg in turn. */
async function measureLogin(cluster: PostgresCluster): Promise<Figure> {
  const { host, port, user, password } = cluster;
  const fields = fieldsFor(cluster);
  const connectOurs = async () => {
    const startedAt = performance.now();
    const session = await openSession(fields, { password });
    const took = performance.now() - startedAt;
    await session.close();
    return took;
  };
  const connectBare = async () => {
    const client = new pg.Client({ host, port, user, password, database: 'postgres', ssl: false });
    const took = await timed(() => client.connect());
    await client.end();
    return took;
  };
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    const [ourMs, bareMs] = [await connectOurs(), await connectBare()];
    if (round < 0) continue;
    ours.push(ourMs);
    bare.push(bareMs);
  }
  const floor = median(bare);
  return {
    name: 'connect with SCRAM',
    value: median(ours),
    unit: 'ms',
    against: `bare pg ${floor.toFixed(2)} ms, ratio ${(median(ours) / floor).toFixed(2)} (promised: at most 1.1)`,
  };
}

/** From a person's cancel, while the server keeps silent, until the server sees the socket close. */
async function measureGivingUp(): Promise<Figure> {
  let greeted: (socket: Socket) => void = () => undefined;
  const server = await FakePostgres.start(async (peer) => {
    await peer.untilStartup();
    greeted(peer.socket);
  });
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const greeting = new Promise<Socket>((resolve) => {
      greeted = resolve;
    });
    const controller = new AbortController();
    const session = openSession(fieldsFor(server), { password: 'unused', signal: controller.signal });
    session.catch(() => undefined);
    const closed = once(await greeting, 'close');
    times.push(
      await timed(async () => {
        controller.abort();
        await closed;
      }),
    );
  }
  await server.dispose();
  return {
    name: 'cancel a connect',
    value: median(times),
    unit: 'ms',
    against: `until the server sees it; slowest ${Math.max(...times).toFixed(2)} ms (promised: 200 ms)`,
  };
}
