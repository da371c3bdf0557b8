import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import pg from 'pg';
import { isAppError } from '../../src/main/base/AppError.ts';
import { neverAborted } from '../../src/main/base/abort.ts';
import { requireSql } from '../../src/main/connectors/speaksSql.ts';
import type { ConnectionPool } from '../../src/main/sessions/pool/ConnectionPool.ts';
import type { PostgresCluster } from '../support/postgresCluster.ts';
import type { Figure } from './figures.ts';
import { maxCount, openOurPool } from './poolContenders.ts';

const requestCount = 10_000;

/** How a crowd fared, without anything that could fill the heap. */
interface Outcome {
  readonly servedCount: number;
  readonly isInOrder: boolean;
  readonly refusedCount: number;
  /** Of these, how many were told the pool's numbers. */
  readonly toldCount: number;
  /** How long all calls together took, before anything else had a turn. */
  readonly askingMs: number;
  /** Until the last one was refused. */
  readonly refusedMs: number;
  readonly allMs: number;
}

/** 10,000 requests in one turn of the event loop, on a pool of ten. */
export async function measureCrowd(cluster: PostgresCluster): Promise<Figure[]> {
  const pool = openOurPool(cluster);
  await pool.warmUp();
  // The first crowd compiles the code and fills what is kept.
  await runCrowd(pool);
  const before = await heapBytes();
  const watch = await watchServer(cluster);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  // It measures from its first turn on.
  await new Promise((resolve) => setTimeout(resolve, 20));
  const outcome = await runCrowd(pool);
  delay.disable();
  const mostOnServer = await watch.end();
  const after = await heapBytes();
  await pool.close(1_000);
  const { servedCount, isInOrder, refusedCount, toldCount, askingMs, refusedMs, allMs } = outcome;
  const megabytes = (bytes: number) => (bytes / 1_048_576).toFixed(2);
  return [
    {
      name: `pool, ${requestCount} requests at once`,
      value: allMs,
      unit: 'ms',
      against:
        `${servedCount} served ${isInOrder ? 'in order' : 'OUT OF ORDER'}, ${refusedCount} refused within ` +
        `${refusedMs.toFixed(0)} ms, ${toldCount} of them with the pool's numbers`,
    },
    {
      name: 'the same: most on the server',
      value: mostOnServer,
      unit: '',
      against: `promised: at most ${maxCount}`,
    },
    {
      name: 'the same: longest block',
      value: delay.max / 1e6,
      unit: 'ms',
      against: `of the event loop; the calls themselves ${askingMs.toFixed(0)} ms`,
    },
    {
      name: 'the same: heap kept',
      value: (after - before) / 1_024,
      unit: 'kB',
      against: `${megabytes(before)} MB before, ${megabytes(after)} MB after`,
    },
  ];
}

async function runCrowd(pool: ConnectionPool): Promise<Outcome> {
  const served: number[] = [];
  const refusals: string[] = [];
  let refusedMs = 0;
  const startedAt = performance.now();
  const request = async (number: number) => {
    try {
      const lease = await pool.acquire(neverAborted);
      served.push(number);
      try {
        // Long enough that callers have to wait, and so short that the pool is what is measured.
        await requireSql(lease.connection).query(
          { text: 'select pg_sleep(0.001)' },
          { signal: neverAborted },
        );
      } finally {
        lease.release();
      }
    } catch (error) {
      refusals.push(isAppError(error) && error.code === 'POOL_BUSY' ? error.detail : String(error));
      refusedMs = performance.now() - startedAt;
    }
  };
  const all: Promise<void>[] = [];
  for (let number = 0; number < requestCount; number += 1) all.push(request(number));
  const askingMs = performance.now() - startedAt;
  await Promise.all(all);
  const allMs = performance.now() - startedAt;
  return {
    servedCount: served.length,
    isInOrder: served.every((number, at) => at === 0 || number > (served[at - 1] ?? 0)),
    refusedCount: refusals.length,
    toldCount: refusals.filter((detail) => /^\d+ open \(\d+ in use, \d+ idle\)/.test(detail)).length,
    ...{ askingMs, refusedMs, allMs },
  };
}

/** Looks again and again how many sessions of ours the server has. */
async function watchServer({ host, port, user, password }: PostgresCluster) {
  const client = new pg.Client({ host, port, user, password, database: 'postgres', ssl: false });
  await client.connect();
  let most = 0;
  let isOver = false;
  const look = async () => {
    while (!isOver) {
      const { rows } = await client.query<{ count: number }>(
        `select count(*)::int from pg_stat_activity where application_name = 'Mooring tests'`,
      );
      most = Math.max(most, rows[0]?.count ?? 0);
    }
  };
  const looking = look();
  return {
    end: async () => {
      isOver = true;
      await looking;
      await client.end();
      return most;
    },
  };
}

async function heapBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  for (let round = 0; round < 2; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (typeof collect === 'function') collect();
  }
  return process.memoryUsage().heapUsed;
}
