import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock as clock } from '../../src/main/base/Clock.ts';
import { silentLogger } from '../../src/main/observability/Logger.ts';
import { ConnectionPool } from '../../src/main/sessions/pool/ConnectionPool.ts';
import { defaultPoolSettings } from '../../src/shared/model/poolSettings.ts';
import { FakeConnection } from '../support/FakeConnection.ts';
import { type Figure, median } from './figures.ts';

const loansPerRound = 100_000;
const rounds = 15;

/** acquire and release of a free connection, with nothing behind it: what the pool itself costs. */
export async function measureLending(): Promise<Figure[]> {
  const pool = new ConnectionPool({
    settings: defaultPoolSettings,
    open: () => Promise.resolve(new FakeConnection()),
    clock,
    logger: silentLogger,
    random: Math.random,
    onWaited: () => undefined,
  });
  await pool.warmUp();
  const nanoseconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    for (let loan = 0; loan < loansPerRound; loan += 1) (await pool.acquire(neverAborted)).release();
    nanoseconds.push(((performance.now() - startedAt) * 1e6) / loansPerRound);
  }
  await pool.close(0);
  return [
    {
      name: 'pool, acquire and release alone',
      value: median(nanoseconds),
      unit: 'ns',
      against: 'promised: under 1,000 ns when a connection is free',
    },
  ];
}
