import pg from 'pg';
import { neverAborted } from '../../src/main/base/abort.ts';
import type { PostgresCluster } from '../support/postgresCluster.ts';
import { fieldsFor } from '../support/postgresClusterFields.ts';
import { openSession } from '../support/postgresClusterSession.ts';
import { type Figure, median } from './figures.ts';

const statementsPerRound = 500;
const rounds = 40;

/** Microseconds that each of many runs one after another takes. */
async function perStatement(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  for (let done = 0; done < statementsPerRound; done += 1) await run();
  return ((performance.now() - startedAt) * 1_000) / statementsPerRound;
}

/** `select 1` on one connection: ours, checked and guarded, against bare pg in turn. */
export async function measureStatement(cluster: PostgresCluster): Promise<Figure[]> {
  const { host, port, user, password } = cluster;
  const client = new pg.Client({ host, port, user, password, database: 'postgres', ssl: false });
  await client.connect();
  const session = await openSession(fieldsFor(cluster), { password });
  const statement = { text: 'select 1' };
  const options = { signal: neverAborted };
  const bare: number[] = [];
  const ours: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const theirUs = await perStatement(() => client.query('select 1'));
    const ourUs = await perStatement(() => session.query(statement, options));
    bare.push(theirUs);
    ours.push(ourUs);
    ratios.push(theirUs / ourUs);
  }
  await client.end();
  await session.close();
  const speed = `${median(ratios).toFixed(2)} times its speed (promised: at least 1)`;
  return [
    {
      name: 'select 1, one connection',
      value: median(ours),
      unit: 'µs',
      against: `bare pg ${median(bare).toFixed(0)} µs, ${speed}`,
    },
  ];
}
