import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
import { FakeOpener, nth } from '../../../../tests/support/FakeConnection.ts';
import { poolUnderTest } from '../../../../tests/support/poolUnderTest.ts';
import { defaultPoolSettings } from '../../../shared/model/poolSettings.ts';
import type { ScalingDecision } from '../../../shared/model/poolStats.ts';
import { AppError } from '../../base/AppError.ts';
import { neverAborted } from '../../base/abort.ts';
import type { ConnectionPool } from './ConnectionPool.ts';

const fullServer = new AppError('TOO_MANY_CONNECTIONS', { title: 'full', retryable: true });

describe('the size of a pool', () => {
  let clock: FakeClock;
  let opener: FakeOpener;
  let pool: ConnectionPool;
  let decisions: ScalingDecision[];

  beforeEach(() => {
    clock = new FakeClock();
    opener = new FakeOpener();
    decisions = [];
  });

  const createPool = (settings: { min?: number; max?: number } = {}) => {
    pool = poolUnderTest(clock, opener, { ...defaultPoolSettings, acquireTimeoutMs: 600_000, ...settings });
    pool.onDecision.on((decision) => decisions.push(decision));
    return pool;
  };

  const reasons = () => decisions.map(({ reason, from, to }) => `${reason} ${from} to ${to}`);

  /** So many callers at once, each of whom keeps its connection for a while. */
  const crowd = async (count: number, heldMs: number) => {
    const work = Array.from({ length: count }, async () => {
      const lease = await pool.acquire(neverAborted);
      clock.after(heldMs, () => lease.release());
    });
    for (let turns = 0; turns < count; turns += 1) await clock.advance(heldMs);
    await Promise.all(work);
  };

  it('grows its target to what was wanted when callers waited, and says why', async () => {
    createPool({ max: 5 });
    await pool.warmUp();
    await crowd(12, 50);
    expect(reasons()).toEqual(['waiting 2 to 5']);
    expect(decisions[0]).toMatchObject({ waitP95Ms: 70, at: expect.any(Number) });
    expect(decisions[0]?.use).toBeGreaterThan(0.9);
    expect(decisions[0]?.arrivalsPerSecond).toBe(12);
  });

  it('keeps what it grew to for a while, then gives it up little by little', async () => {
    createPool();
    await pool.warmUp();
    await crowd(20, 50);
    await clock.advance(30_000);
    expect(pool.stats()).toMatchObject({ target: 10, total: 10 });
    const totals: number[] = [];
    for (let seconds = 0; seconds < 60; seconds += 5) {
      await clock.advance(5_000);
      totals.push(pool.stats().total);
    }
    expect(totals.some((total) => total > 2 && total < 10)).toBe(true);
    expect([...totals].sort((left, right) => right - left)).toEqual(totals);
    expect(pool.stats()).toMatchObject({ target: 2, total: 2 });
  });

  it('opens one more when nearly all are in use all the time, before anybody waits', async () => {
    createPool();
    await pool.warmUp();
    await settle();
    for (let round = 0; round < 60; round += 1) {
      const leases = await Promise.all([pool.acquire(neverAborted), pool.acquire(neverAborted)]);
      await clock.advance(95);
      for (const lease of leases) lease.release();
      await clock.advance(5);
    }
    expect(reasons()).toEqual(['busy 2 to 3']);
    expect(pool.stats().total).toBe(3);
  });

  it('takes one long statement for no reason to grow', async () => {
    createPool({ min: 1 });
    await pool.warmUp();
    await pool.acquire(neverAborted);
    await clock.advance(60_000);
    expect(decisions).toEqual([]);
  });

  it('lowers its ceiling to what the server granted, serves who waits with that, and asks no more', async () => {
    createPool({ min: 0, max: 6 });
    opener.isManual = true;
    const wanted = Array.from({ length: 8 }, () => pool.acquire(neverAborted));
    await settle();
    opener.failNext(fullServer, 4);
    opener.finish();
    await settle();
    expect(pool.stats()).toMatchObject({ total: 2, ceiling: 2, connecting: 0, waiting: 6 });
    expect(reasons()).toEqual(['server-limit 6 to 2']);
    for (const each of wanted) (await each).release();
    expect(opener.signals).toHaveLength(6);
  });

  it('never lowers its ceiling below one, and tells a caller when not even that is granted', async () => {
    createPool({ min: 0, max: 3 });
    opener.failWith = fullServer;
    await expect(pool.acquire(neverAborted)).rejects.toBe(fullServer);
    expect(pool.stats().ceiling).toBe(1);
    opener.failWith = null;
    await pool.acquire(neverAborted);
  });

  it('tries more after a while, one at a time, later and later while the server still refuses', async () => {
    createPool({ min: 1, max: 4 });
    await pool.warmUp();
    const lease = await pool.acquire(neverAborted);
    opener.failWith = fullServer;
    const waiting = [1, 2, 3].map(() => pool.acquire(neverAborted));
    await settle();
    const attempts = () => opener.signals.length;
    expect(pool.stats().ceiling).toBe(1);
    const afterFirst = attempts();
    await clock.advance(29_000);
    expect(attempts()).toBe(afterFirst);
    await clock.advance(1_000);
    expect(attempts()).toBe(afterFirst + 1);
    expect(reasons()).toEqual(['server-limit 4 to 1', 'limit-lifted 1 to 4', 'server-limit 4 to 1']);
    await clock.advance(59_999);
    expect(attempts()).toBe(afterFirst + 1);
    await clock.advance(1);
    expect(attempts()).toBe(afterFirst + 2);
    lease.release();
    for (const each of waiting) (await each).release();
  });

  it('opens what is missing as soon as the server grants it again', async () => {
    createPool({ min: 0, max: 4 });
    await pool.acquire(neverAborted);
    opener.failNext(fullServer, 1);
    const waiting = pool.acquire(neverAborted);
    await settle();
    expect(pool.stats().ceiling).toBe(1);
    await clock.advance(29_999);
    const late = pool.acquire(neverAborted);
    await clock.advance(1);
    await expect(waiting).resolves.toMatchObject({ connection: nth(opener, 1) });
    await late;
    expect(pool.stats()).toMatchObject({ total: 3, ceiling: 4 });
  });
});
