import pg from 'pg';
import type { PostgresCluster } from '../support/postgresCluster.ts';
import { fieldsFor } from '../support/postgresClusterFields.ts';
import { openSession } from '../support/postgresClusterSession.ts';
import { type Figure, median, timed } from './figures.ts';

const rounds = 100;
/** Not counted: code is not compiled yet, caches are cold. */
const warmUpRounds = 10;

/** A first usable connection with SCRAM: ours, with its stages and guards, against bare pg in turn. */
export async function measureConnecting(cluster: PostgresCluster): Promise<Figure[]> {
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
  return [
    {
      name: 'connect with SCRAM',
      value: median(ours),
      unit: 'ms',
      against: `bare pg ${floor.toFixed(2)} ms, ratio ${(median(ours) / floor).toFixed(2)} (promised: at most 1.1)`,
    },
  ];
}
