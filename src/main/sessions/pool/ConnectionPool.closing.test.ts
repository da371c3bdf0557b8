import { getEventListeners } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
import { FakeOpener, nth } from '../../../../tests/support/FakeConnection.ts';
import { poolUnderTest } from '../../../../tests/support/poolUnderTest.ts';
import type { PoolSettings } from '../../../shared/model/poolSettings.ts';
import { neverAborted } from '../../base/abort.ts';

describe('ConnectionPool that closes', () => {
  let clock: FakeClock;
  let opener: FakeOpener;

  beforeEach(() => {
    clock = new FakeClock();
    opener = new FakeOpener();
  });

  const createPool = (settings: Partial<PoolSettings> = {}) => poolUnderTest(clock, opener, settings);

  it('waits for borrowers when it closes, but not beyond its deadline', async () => {
    const pool = createPool();
    await pool.acquire(neverAborted);
    let isClosed = false;
    const closing = pool.close(2_000).then(() => {
      isClosed = true;
    });
    await clock.advance(1_999);
    expect(isClosed).toBe(false);
    await clock.advance(1);
    await closing;
    expect(nth(opener, 0).isDestroyed).toBe(true);
  });

  it('leaves no timer, no waiter and no connection behind after it closed', async () => {
    const pool = createPool({ max: 1 });
    const lease = await pool.acquire(neverAborted);
    const waiting = expect(pool.acquire(neverAborted)).rejects.toMatchObject({ code: 'POOL_CLOSED' });
    const closing = pool.close(2_000);
    await waiting;
    lease.release();
    await closing;
    expect(nth(opener, 0).isClosedPolitely).toBe(true);
    expect(pool.stats()).toMatchObject({ total: 0, waiting: 0, connecting: 0 });
    expect(clock.pendingCount).toBe(0);
    await expect(pool.acquire(neverAborted)).rejects.toMatchObject({ code: 'POOL_CLOSED' });
  });

  it('closes a connection that finishes opening after the pool was closed', async () => {
    opener.isManual = true;
    const pool = createPool();
    pool.acquire(neverAborted).catch(() => undefined);
    await settle();
    await pool.close(0);
    opener.finish();
    await settle();
    expect(nth(opener, 0).isClosedPolitely).toBe(true);
  });

  it('leaves no timer and no listener behind, whatever was going on', async () => {
    const pool = createPool({ max: 2, min: 2 });
    const { signal } = new AbortController();
    await pool.warmUp();
    const leases = await Promise.all([pool.acquire(signal), pool.acquire(signal)]);
    const waiting = Promise.allSettled([pool.acquire(signal), pool.acquire(signal)]);
    leases[0].release();
    await settle();
    nth(opener, 0).isBusy = true;
    nth(opener, 1).isBusy = true;
    const closing = pool.close(2_000);
    await clock.advance(2_000);
    await closing;
    await waiting;
    expect(clock.pendingCount).toBe(0);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(opener.signals.flatMap((each) => getEventListeners(each, 'abort'))).toEqual([]);
  });

  it('cancels what borrowers still run at the deadline, for a second at most, and tells how many it cut off', async () => {
    const pool = createPool();
    const [obeying, hanging, returned] = await Promise.all([1, 2, 3].map(() => pool.acquire(neverAborted)));
    nth(opener, 0).isBusy = true;
    nth(opener, 1).isBusy = true;
    nth(opener, 1).answerCancel = () => new Promise(() => undefined);
    let result: unknown = null;
    const draining = pool.close(5_000).then((drained) => {
      result = drained;
    });
    returned?.release();
    await clock.advance(5_000);
    expect(nth(opener, 0)).toMatchObject({ cancelCount: 1, isDestroyed: true });
    expect(nth(opener, 1)).toMatchObject({ cancelCount: 1, isDestroyed: false });
    await clock.advance(1_000);
    await draining;
    expect(nth(opener, 1).isDestroyed).toBe(true);
    expect(result).toEqual({ cut: 2 });
    // The borrower's own `finally` must not fail for it.
    expect(() => {
      obeying?.release();
      hanging?.release();
    }).not.toThrow();
    expect(clock.pendingCount).toBe(0);
  });

  it('closes sooner when it is told again with less time', async () => {
    const pool = createPool();
    await pool.acquire(neverAborted);
    let isClosed = false;
    const closing = pool.close(5_000).then(() => {
      isClosed = true;
    });
    void pool.close(0);
    await closing;
    expect(isClosed).toBe(true);
  });

  it('cannot be brought to life again by whoever waits for its warm-up', async () => {
    opener.isManual = true;
    opener.heedsAborts = true;
    const pool = createPool({ min: 2 });
    const warming = expect(pool.warmUp()).rejects.toMatchObject({ code: 'POOL_CLOSED' });
    await pool.close(0);
    await warming;
    await expect(pool.warmUp()).rejects.toMatchObject({ code: 'POOL_CLOSED' });
    expect(clock.pendingCount).toBe(0);
  });
});
