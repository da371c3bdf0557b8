import pg from 'pg';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock as clock } from '../../src/main/base/Clock.ts';
import { silentLogger } from '../../src/main/observability/Logger.ts';
import { ConnectionPool } from '../../src/main/pool/ConnectionPool.ts';
import { defaultPoolSettings } from '../../src/shared/model/poolSettings.ts';
import type { PostgresCluster } from '../support/postgresCluster.ts';
import { fieldsFor } from '../support/postgresClusterFields.ts';
import { openSession } from '../support/postgresClusterSession.ts';
import { type Figure, median } from './figures.ts';

const queriesPerRound = 2_000;
const rounds = 7;

type Query = () => Promise<unknown>;

/** Queries a second at this many at once. */
async function rate(concurrency: number, query: Query): Promise<number> {
  let left = queriesPerRound;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await query();
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  return queriesPerRound / ((performance.now() - startedAt) / 1_000);
}

/** acquire, `select 1`, release through our pool, against pg.Pool in turn, at 1, 10 and 100 at once. */
export async function measurePool(cluster: PostgresCluster): Promise<Figure[]> {
  const { host, port, user, password } = cluster;
  const theirs = new pg.Pool({ host, port, user, password, database: 'postgres', ssl: false, max: 10 });
  const pool = new ConnectionPool({
    settings: defaultPoolSettings,
    open: () => openSession(fieldsFor(cluster), { password }),
    clock,
    logger: silentLogger,
    random: Math.random,
  });
  const throughOurs = async () => {
    const lease = await pool.acquire(neverAborted);
    try {
      await lease.connection.query({ text: 'select 1' }, { signal: neverAborted });
    } finally {
      lease.release();
    }
  };
  const figures: Figure[] = [];
  for (const concurrency of [1, 10, 100]) {
    const ours: number[] = [];
    const peer: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await rate(concurrency, throughOurs));
      peer.push(await rate(concurrency, () => theirs.query('select 1')));
    }
    figures.push({
      name: `pool, ${concurrency} at once`,
      value: median(ours),
      unit: 'q/s',
      against: `pg.Pool ${median(peer).toFixed(0)} q/s, ratio ${(median(ours) / median(peer)).toFixed(2)}`,
    });
  }
  await theirs.end();
  await pool.close(1_000);
  return figures;
}
