import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
import { FakeOpener, nth } from '../../../../tests/support/FakeConnection.ts';
import { poolUnderTest } from '../../../../tests/support/poolUnderTest.ts';
import { defaultPoolSettings, type PoolSettings } from '../../../shared/model/poolSettings.ts';
import { AppError } from '../../base/AppError.ts';
import { neverAborted } from '../../base/abort.ts';
import type { ConnectionPool } from './ConnectionPool.ts';

const fullServer = new AppError('TOO_MANY_CONNECTIONS', { title: 'full', retryable: true });
const refused = new AppError('CONNECTION_REFUSED', { title: 'refused', retryable: true });
const minuteMs = 60_000;

describe('what a pool keeps open', () => {
  let clock: FakeClock;
  let opener: FakeOpener;
  let pool: ConnectionPool;

  beforeEach(() => {
    clock = new FakeClock();
    opener = new FakeOpener();
  });

  const createPool = (settings: Partial<PoolSettings> = {}) => {
    pool = poolUnderTest(clock, opener, { acquireTimeoutMs: 60 * minuteMs, ...settings });
  };
  const borrowOnce = async () => (await pool.acquire(neverAborted)).release();
  const attemptCount = () => opener.signals.length;

  it('keeps an idle connection until its idle time is over', async () => {
    createPool({ idleTimeoutMs: 30_000 });
    await borrowOnce();
    await clock.advance(29_999);
    expect(pool.stats().total).toBe(1);
    await clock.advance(1);
    expect(pool.stats().total).toBe(0);
    expect(nth(opener, 0).isClosedPolitely).toBe(true);
  });

  it('takes over another idle time for what is idle already', async () => {
    createPool({ idleTimeoutMs: 10 * minuteMs });
    await borrowOnce();
    await clock.advance(minuteMs);
    pool.configure({ ...defaultPoolSettings, min: 0, max: 3, idleTimeoutMs: 30_000 });
    await clock.advance(5_000);
    expect(pool.stats().total).toBe(0);
  });

  it('keeps one of the minimum for all of its life, then replaces it', async () => {
    createPool({ min: 1 });
    await pool.warmUp();
    await clock.advance(30 * minuteMs - 1);
    expect(nth(opener, 0).isClosedPolitely).toBe(false);
    await clock.advance(1);
    await settle();
    expect(nth(opener, 0).isClosedPolitely).toBe(true);
    expect(pool.stats().total).toBe(1);
  });

  it('closes one that comes back at the end of its life', async () => {
    createPool();
    const lease = await pool.acquire(neverAborted);
    await clock.advance(30 * minuteMs);
    lease.release();
    await settle();
    expect(nth(opener, 0).isClosedPolitely).toBe(true);
    expect(pool.stats().total).toBe(0);
  });

  it('gives nobody one that is past its life or dead, also between two looks at what is idle', async () => {
    createPool({ idleTimeoutMs: 60 * minuteMs });
    const first = await pool.acquire(neverAborted);
    await clock.advance(1_000);
    const second = await pool.acquire(neverAborted);
    first.release();
    second.release();
    // The first retires at a look; the second is due a second later.
    await clock.advance(30 * minuteMs + 1_000);
    const third = await pool.acquire(neverAborted);
    expect(third.connection).toBe(nth(opener, 2));
    expect(nth(opener, 1)).toMatchObject({ isClosedPolitely: true, pingCount: 0 });
    third.release();
    await clock.advance(2_000);
    nth(opener, 2).isUsable = false;
    expect((await pool.acquire(neverAborted)).connection).toBe(nth(opener, 3));
    expect(nth(opener, 2).pingCount).toBe(0);
  });

  it('lends no dead connection again that its borrower gives back', async () => {
    createPool();
    const lease = await pool.acquire(neverAborted);
    nth(opener, 0).isUsable = false;
    lease.release();
    expect(pool.stats().total).toBe(0);
  });

  it('opens nothing by itself after the last connection was lost', async () => {
    createPool({ min: 1 });
    await pool.warmUp();
    nth(opener, 0).lose();
    await clock.advance(10 * minuteMs);
    expect(attemptCount()).toBe(1);
  });

  it('goes back to its minimum once a caller has a connection again', async () => {
    createPool({ min: 2 });
    await pool.warmUp();
    await settle();
    nth(opener, 0).lose();
    nth(opener, 1).lose();
    await pool.acquire(neverAborted);
    await settle();
    expect(pool.stats()).toMatchObject({ total: 2, inUse: 1 });
  });

  it('opens nothing by itself after a connect failed with nothing open, not for other settings either', async () => {
    createPool({ min: 2 });
    opener.failWith = refused;
    await expect(pool.warmUp()).rejects.toBe(refused);
    opener.failWith = null;
    pool.configure({ ...defaultPoolSettings, min: 3, max: 5 });
    await clock.advance(10 * minuteMs);
    expect(attemptCount()).toBe(1);
  });

  it('takes no other failure for a limit of the server', async () => {
    createPool();
    await pool.acquire(neverAborted);
    opener.failNext(refused, 1);
    void pool.acquire(neverAborted);
    await settle();
    expect(pool.stats()).toMatchObject({ ceiling: 3, total: 1 });
  });

  it('opens several at once again when the server has granted all that the settings allow', async () => {
    createPool({ max: 3 });
    const leases = [await pool.acquire(neverAborted)];
    opener.failNext(fullServer, 1);
    const waiting = [pool.acquire(neverAborted), pool.acquire(neverAborted)];
    await settle();
    await clock.advance(30_000);
    leases.push(...(await Promise.all(waiting)));
    expect(pool.stats()).toMatchObject({ total: 3, ceiling: 3 });
    opener.isManual = true;
    for (const connection of opener.opened) connection.isUsable = false;
    for (const lease of leases) lease.release();
    const again = [1, 2, 3].map(() => pool.acquire(neverAborted));
    await settle();
    expect(pool.stats().connecting).toBe(3);
    opener.finish();
    await Promise.all(again);
  });

  it('waits half a minute again after the next refusal, when the server has granted one in between', async () => {
    createPool({ max: 2 });
    await pool.acquire(neverAborted);
    opener.failNext(fullServer, 1);
    const second = pool.acquire(neverAborted);
    await settle();
    await clock.advance(30_000);
    const lease = await second;
    nth(opener, 1).isUsable = false;
    lease.release();
    opener.failNext(fullServer, 1);
    const third = pool.acquire(neverAborted);
    await settle();
    const attempts = attemptCount();
    await clock.advance(29_999);
    expect(attemptCount()).toBe(attempts);
    await clock.advance(1);
    await third;
  });
});
