import { getEventListeners } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
import { FakeOpener, nth } from '../../../../tests/support/FakeConnection.ts';
import { poolUnderTest } from '../../../../tests/support/poolUnderTest.ts';
import type { PoolSettings } from '../../../shared/model/poolSettings.ts';
import { AppError } from '../../base/AppError.ts';
import { neverAborted } from '../../base/abort.ts';

const refused = new AppError('CONNECTION_REFUSED', { title: 'refused', retryable: true });
const fullServer = new AppError('TOO_MANY_CONNECTIONS', { title: 'full', retryable: true });

describe('ConnectionPool', () => {
  let clock: FakeClock;
  let opener: FakeOpener;

  beforeEach(() => {
    clock = new FakeClock();
    opener = new FakeOpener();
  });

  const createPool = (settings: Partial<PoolSettings> = {}) => poolUnderTest(clock, opener, settings);

  it('opens the minimum when it warms up', async () => {
    const pool = createPool({ min: 2 });
    await pool.warmUp();
    await settle();
    expect(pool.stats()).toMatchObject({ total: 2, idle: 2, inUse: 0, connecting: 0 });
  });

  it('lends the connection that came back last, so that the others can go idle', async () => {
    const pool = createPool();
    const first = await pool.acquire(neverAborted);
    const second = await pool.acquire(neverAborted);
    first.release();
    second.release();
    expect((await pool.acquire(neverAborted)).connection).toBe(second.connection);
  });

  it('never has more connects under way than callers waiting, nor more connections than the maximum', async () => {
    opener.isManual = true;
    const pool = createPool({ max: 2 });
    const wanted = [1, 2, 3, 4].map(() => pool.acquire(neverAborted));
    await settle();
    expect(pool.stats()).toMatchObject({ connecting: 2, waiting: 4 });
    opener.finish();
    await Promise.all(wanted.slice(0, 2));
    expect(pool.stats()).toMatchObject({ total: 2, inUse: 2, waiting: 2 });
  });

  it('serves waiters in the order in which they came', async () => {
    const pool = createPool({ max: 1 });
    const lease = await pool.acquire(neverAborted);
    const served: string[] = [];
    const wait = async (name: string) => {
      const own = await pool.acquire(neverAborted);
      served.push(name);
      own.release();
    };
    const all = ['first', 'second', 'third'].map(wait);
    await settle();
    lease.release();
    await Promise.all(all);
    expect(served).toEqual(['first', 'second', 'third']);
  });

  it('fails a caller that waited too long, with the numbers of the pool', async () => {
    const pool = createPool({ max: 1 });
    await pool.acquire(neverAborted);
    const late = expect(pool.acquire(neverAborted)).rejects.toMatchObject({
      code: 'POOL_TIMEOUT',
      detail: expect.stringContaining('1 open (1 in use, 0 idle)'),
    });
    await clock.advance(30_000);
    await late;
    expect(pool.stats().waiting).toBe(0);
  });

  it('lets a cancelled caller go without losing a connection', async () => {
    const pool = createPool({ max: 1 });
    const lease = await pool.acquire(neverAborted);
    const controller = new AbortController();
    const cancelled = expect(pool.acquire(controller.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    controller.abort();
    await cancelled;
    lease.release();
    expect(pool.stats()).toMatchObject({ idle: 1, inUse: 0, waiting: 0 });
  });

  it('rejects a cancelled caller with CANCELLED, also when the pool closes in the same moment', async () => {
    opener.isManual = true;
    const pool = createPool({ max: 1 });
    const controller = new AbortController();
    const waiting = expect(pool.acquire(controller.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    controller.abort();
    await pool.close(0);
    await waiting;
    await expect(pool.acquire(controller.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('listens to a signal once however many callers share it, and not at all when they are served', async () => {
    const pool = createPool({ max: 1 });
    const { signal } = new AbortController();
    const lease = await pool.acquire(signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    const waiting = Array.from({ length: 50 }, () => pool.acquire(signal));
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    lease.release();
    for (const each of waiting) (await each).release();
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('sets no timer for a caller who is served at once', async () => {
    const pool = createPool();
    (await pool.acquire(neverAborted)).release();
    const { pendingCount } = clock;
    for (let count = 0; count < 100; count += 1) (await pool.acquire(neverAborted)).release();
    expect(clock.pendingCount).toBe(pendingCount);
  });

  it('tells every caller at once why it cannot connect when nothing is open', async () => {
    opener.failWith = refused;
    const pool = createPool();
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map(() => pool.acquire(neverAborted)));
    expect(results.every((result) => result.status === 'rejected' && result.reason === refused)).toBe(true);
  });

  it('turns away callers beyond the limit of the queue', async () => {
    opener.isManual = true;
    const pool = createPool({ max: 1 });
    for (let count = 0; count < 1_000; count += 1) pool.acquire(neverAborted).catch(() => undefined);
    await expect(pool.acquire(neverAborted)).rejects.toMatchObject({
      code: 'POOL_BUSY',
      detail: expect.stringContaining('0 open (0 in use, 0 idle), 1 connecting, 1000 waiting'),
    });
  });

  it('serves the first thousand of a crowd in order and refuses the rest without taking a stack for each', async () => {
    const pool = createPool({ max: 1 });
    const held = await pool.acquire(neverAborted);
    const served: number[] = [];
    const stacks: (string | undefined)[] = [];
    const crowd = Array.from({ length: 2_500 }, async (_, number) => {
      try {
        const lease = await pool.acquire(neverAborted);
        served.push(number);
        lease.release();
      } catch (error) {
        if (error instanceof Error) stacks.push(error.stack);
      }
    });
    held.release();
    await Promise.all(crowd);
    expect(served).toEqual(Array.from({ length: 1_000 }, (_, number) => number));
    expect(stacks).toHaveLength(1_500);
    expect(stacks.filter((stack) => stack?.includes('\n    at '))).toEqual([]);
  });

  it('fails nobody for a full server while other connects are on their way', async () => {
    opener.isManual = true;
    const pool = createPool({ max: 3 });
    const wanted = [1, 2, 3].map(() => pool.acquire(neverAborted));
    await settle();
    opener.failNext(fullServer, 2);
    opener.finish();
    for (const each of wanted) (await each).release();
    expect(pool.stats()).toMatchObject({ total: 1, ceiling: 1 });
  });

  it('tells of every failed connect, but not of those it gave up to close', async () => {
    const pool = createPool();
    const told: unknown[] = [];
    pool.onConnectFailed.on((error) => told.push(error));
    opener.failWith = refused;
    await expect(pool.acquire(neverAborted)).rejects.toBe(refused);
    expect(told).toEqual([refused]);
    opener.isManual = true;
    pool.acquire(neverAborted).catch(() => undefined);
    await pool.close(0);
    opener.finish();
    await settle();
    expect(told).toEqual([refused]);
  });

  it('joins a connect on its way when it warms up without room for another', async () => {
    opener.isManual = true;
    const pool = createPool({ max: 1 });
    const lease = pool.acquire(neverAborted);
    const warm = pool.warmUp();
    await settle();
    opener.finish();
    await Promise.all([lease, warm]);
    expect(opener.opened).toHaveLength(1);
  });

  it('pings a connection that was idle before lending it, and replaces a dead one without the caller noticing', async () => {
    const pool = createPool();
    (await pool.acquire(neverAborted)).release();
    nth(opener, 0).answerPing = () => Promise.reject(refused);
    await clock.advance(1_001);
    const lease = await pool.acquire(neverAborted);
    expect(lease.connection).toBe(nth(opener, 1));
    expect(nth(opener, 0).isDestroyed).toBe(true);
  });

  it('does not ping a connection that has just proved itself', async () => {
    const pool = createPool();
    (await pool.acquire(neverAborted)).release();
    await clock.advance(999);
    await pool.acquire(neverAborted);
    expect(nth(opener, 0).pingCount).toBe(0);
  });

  it('closes a connection that comes back inside a transaction instead of lending it again', async () => {
    const pool = createPool();
    const lease = await pool.acquire(neverAborted);
    nth(opener, 0).isInTransaction = true;
    lease.release();
    expect(pool.stats().total).toBe(0);
    await settle();
    expect(nth(opener, 0).isClosedPolitely).toBe(true);
  });

  it('never lends a connection with the statement of its last borrower still running: it is cancelled and closed', async () => {
    const pool = createPool({ max: 1 });
    const lease = await pool.acquire(neverAborted);
    const next = pool.acquire(neverAborted);
    nth(opener, 0).isBusy = true;
    lease.release();
    expect((await next).connection).toBe(nth(opener, 1));
    expect(nth(opener, 0)).toMatchObject({ cancelCount: 1, isBusy: false, isClosedPolitely: true });
  });

  it('never has more connections on the server than its maximum, also while one says goodbye', async () => {
    const pool = createPool({ max: 1 });
    const lease = await pool.acquire(neverAborted);
    let finish: () => void = () => undefined;
    nth(opener, 0).answerGoodbye = () =>
      new Promise((resolve) => {
        finish = resolve;
      });
    const next = pool.acquire(neverAborted);
    nth(opener, 0).isInTransaction = true;
    lease.release();
    await settle();
    expect(opener.opened).toHaveLength(1);
    finish();
    expect((await next).connection).toBe(nth(opener, 1));
  });

  it('gives a server that ignores cancels a second, then drops the socket and serves who waits', async () => {
    const pool = createPool({ max: 1 });
    const lease = await pool.acquire(neverAborted);
    const next = pool.acquire(neverAborted);
    nth(opener, 0).isBusy = true;
    nth(opener, 0).answerCancel = () => new Promise(() => undefined);
    lease.release();
    await clock.advance(999);
    expect(nth(opener, 0).isDestroyed).toBe(false);
    await clock.advance(1);
    expect(nth(opener, 0).isDestroyed).toBe(true);
    expect((await next).connection).toBe(nth(opener, 1));
  });

  it('refuses to take the same lease back twice', async () => {
    const pool = createPool();
    const lease = await pool.acquire(neverAborted);
    lease.release();
    expect(() => lease.release()).toThrow(expect.objectContaining({ code: 'LEASE_ALREADY_RELEASED' }));
    expect(pool.stats()).toMatchObject({ total: 1, idle: 1 });
  });

  it('shrinks to the minimum when idle, although its health is checked all the while', async () => {
    const pool = createPool({ min: 1 });
    const leases = await Promise.all([1, 2, 3].map(() => pool.acquire(neverAborted)));
    for (const lease of leases) lease.release();
    await clock.advance(20_000);
    await pool.checkIdle(neverAborted);
    await clock.advance(16_000);
    expect(pool.stats()).toMatchObject({ total: 1, idle: 1 });
  });

  it('removes exactly the idle connections that do not answer a health check', async () => {
    const pool = createPool();
    const leases = await Promise.all([1, 2].map(() => pool.acquire(neverAborted)));
    for (const lease of leases) lease.release();
    nth(opener, 0).answerPing = () => Promise.reject(refused);
    await pool.checkIdle(neverAborted);
    expect(pool.stats()).toMatchObject({ total: 1, idle: 1 });
    expect(nth(opener, 1).isDestroyed).toBe(false);
  });

  it('retires a connection at the end of its life instead of lending it', async () => {
    const pool = createPool({ min: 1 });
    (await pool.acquire(neverAborted)).release();
    await clock.advance(30 * 60_000);
    await settle();
    expect(nth(opener, 0).isClosedPolitely).toBe(true);
    expect(pool.stats().total).toBe(1);
  });

  it('tells when the last connection was lost, once', async () => {
    const pool = createPool();
    let emptiedCount = 0;
    pool.onEmptied.on(() => {
      emptiedCount += 1;
    });
    const leases = await Promise.all([1, 2].map(() => pool.acquire(neverAborted)));
    for (const lease of leases) lease.release();
    nth(opener, 0).lose();
    expect(emptiedCount).toBe(0);
    nth(opener, 1).lose();
    expect(emptiedCount).toBe(1);
  });

  it('opens another at once for a caller who waits when the only connection is lost, and never one too many', async () => {
    const pool = createPool({ max: 1 });
    pool.onEmptied.on(() => void pool.warmUp());
    await pool.acquire(neverAborted);
    const waiting = pool.acquire(neverAborted);
    await settle();
    nth(opener, 0).lose();
    expect(pool.stats()).toMatchObject({ connecting: 1, waiting: 1 });
    expect((await waiting).connection).toBe(nth(opener, 1));
    expect(opener.opened).toHaveLength(2);
  });

  it('makes up for a lost connection at once while callers wait, also when others are open', async () => {
    const pool = createPool({ max: 2 });
    await Promise.all([1, 2].map(() => pool.acquire(neverAborted)));
    const waiting = pool.acquire(neverAborted);
    await settle();
    nth(opener, 0).lose();
    expect((await waiting).connection).toBe(nth(opener, 2));
  });

  it('lends nothing unasked after a suspicion, not even what has just come back', async () => {
    const pool = createPool();
    const lease = await pool.acquire(neverAborted);
    (await pool.acquire(neverAborted)).release();
    pool.suspect();
    lease.release();
    await settle();
    await pool.acquire(neverAborted);
    await pool.acquire(neverAborted);
    expect(opener.opened.map(({ pingCount }) => pingCount)).toEqual([1, 1]);
  });

  it('gives a caller who waits no suspect connection that comes back before it has answered a ping', async () => {
    const pool = createPool({ max: 1 });
    const lease = await pool.acquire(neverAborted);
    let answer: () => void = () => undefined;
    nth(opener, 0).answerPing = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    let isServed = false;
    const next = pool.acquire(neverAborted).then((served) => {
      isServed = true;
      return served;
    });
    pool.suspect();
    lease.release();
    await settle();
    expect({ isServed, pingCount: nth(opener, 0).pingCount }).toEqual({ isServed: false, pingCount: 1 });
    answer();
    expect((await next).connection).toBe(nth(opener, 0));
  });

  it('replaces a suspect connection that comes back dead, and serves who waits with the other', async () => {
    const pool = createPool({ max: 1 });
    const lease = await pool.acquire(neverAborted);
    const next = pool.acquire(neverAborted);
    nth(opener, 0).answerPing = () => Promise.reject(refused);
    pool.suspect();
    lease.release();
    expect((await next).connection).toBe(nth(opener, 1));
    expect(nth(opener, 0).isDestroyed).toBe(true);
  });

  it('opens another for who waits when a ping takes long, without giving the first one up yet', async () => {
    const pool = createPool({ max: 2 });
    (await pool.acquire(neverAborted)).release();
    nth(opener, 0).answerPing = () => new Promise(() => undefined);
    await clock.advance(2_000);
    const next = pool.acquire(neverAborted);
    await clock.advance(1_250);
    expect((await next).connection).toBe(nth(opener, 1));
    expect(nth(opener, 0).isDestroyed).toBe(false);
    await clock.advance(3_750);
    expect(nth(opener, 0).isDestroyed).toBe(true);
  });

  it('keeps a checked connection for others when the caller it was pinged for is gone', async () => {
    const pool = createPool();
    (await pool.acquire(neverAborted)).release();
    await clock.advance(2_000);
    const controller = new AbortController();
    const cancelled = expect(pool.acquire(controller.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    controller.abort();
    await cancelled;
    await settle();
    expect(pool.stats()).toMatchObject({ total: 1, idle: 1, waiting: 0 });
  });

  it('counts what a check of all idle connections found, within the time it was given', async () => {
    const pool = createPool();
    const leases = await Promise.all([1, 2, 3].map(() => pool.acquire(neverAborted)));
    for (const lease of leases) lease.release();
    nth(opener, 0).answerPing = () => new Promise(() => undefined);
    const check = pool.checkIdle(neverAborted, 2_000);
    await clock.advance(2_000);
    expect(await check).toEqual({ roundTripMs: 0, checked: 3, lost: 1 });
    expect(nth(opener, 0).isDestroyed).toBe(true);
  });

  /** An idle connection whose check is under way, and what ends it. */
  const checking = async () => {
    const pool = createPool({ max: 1 });
    (await pool.acquire(neverAborted)).release();
    const controller = new AbortController();
    let fail: () => void = () => undefined;
    nth(opener, 0).answerPing = () => new Promise((_, reject) => (fail = () => reject(refused)));
    const found = pool.checkIdle(controller.signal);
    const giveUp = () => {
      controller.abort();
      fail();
      return found;
    };
    return { pool, found, giveUp, fail: () => fail() };
  };

  it('keeps a connection whose check was given up, but pings it before it is lent', async () => {
    const { pool, giveUp } = await checking();
    expect(await giveUp()).toEqual({ roundTripMs: null, checked: 1, lost: 0 });
    expect(pool.stats()).toMatchObject({ total: 1, idle: 1 });
    nth(opener, 0).answerPing = () => Promise.resolve();
    await pool.acquire(neverAborted);
    expect(nth(opener, 0).pingCount).toBe(2);
  });

  it('closes a connection whose check was given up while it still waits for its answer', async () => {
    const { pool, giveUp } = await checking();
    nth(opener, 0).isBusy = true;
    expect((await giveUp()).lost).toBe(0);
    expect(pool.stats().total).toBe(0);
    await settle();
    expect(nth(opener, 0)).toMatchObject({ cancelCount: 1, isClosedPolitely: true });
  });

  it('counts a connection that ended during its check as lost, but not one that the pool closed', async () => {
    const ended = await checking();
    nth(opener, 0).lose();
    ended.fail();
    expect((await ended.found).lost).toBe(1);
    opener.opened.length = 0;
    const closed = await checking();
    await closed.pool.close(0);
    closed.fail();
    expect((await closed.found).lost).toBe(0);
  });

  it('warms up only when the server has let the last connection go', async () => {
    const pool = createPool({ max: 1 });
    const lease = await pool.acquire(neverAborted);
    let leave: () => void = () => undefined;
    nth(opener, 0).answerGoodbye = () => new Promise((resolve) => (leave = resolve));
    nth(opener, 0).isInTransaction = true;
    lease.release();
    const warm = pool.warmUp();
    await settle();
    expect(opener.opened).toHaveLength(1);
    leave();
    await warm;
    expect(opener.opened).toHaveLength(2);
  });

  it('keeps no timer while nothing is open', async () => {
    const pool = createPool();
    await pool.acquire(neverAborted);
    nth(opener, 0).lose();
    // The queue's own timer, set for the first wait, is not cancelled when a caller is served.
    await clock.advance(30_000);
    expect(clock.pendingCount).toBe(0);
  });
});
