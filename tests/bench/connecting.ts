import pg from 'pg';
import type { PostgresCluster } from '../support/postgresCluster.ts';
import { fieldsFor } from '../support/postgresClusterFields.ts';
import { openSession } from '../support/postgresClusterSession.ts';
import { type Figure, median, timed } from './figures.ts';

const rounds = 60;

/** A first usable connection with SCRAM: ours, with its stages and guards, against bare pg in turn. */
export async function measureConnecting(cluster: PostgresCluster): Promise<Figure[]> {
  const { host, port, user, password } = cluster;
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const client = new pg.Client({ host, port, user, password, database: 'postgres', ssl: false });
    bare.push(await timed(() => client.connect()));
    await client.end();
    const opening = openSession(fieldsFor(cluster), { password });
    ours.push(await timed(() => opening));
    await (await opening).close();
  }
  const floor = median(bare);
  return [
    {
      name: 'connect with SCRAM',
      value: median(ours),
      unit: 'ms',
      against: `bare pg ${floor.toFixed(2)} ms, ratio ${(median(ours) / floor).toFixed(2)}`,
    },
  ];
}
