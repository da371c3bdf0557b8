import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/FakeClock.ts';
import { FakeOpener, nth } from '../../../tests/support/FakeConnection.ts';
import { defaultPoolSettings } from '../../shared/model/poolSettings.ts';
import { AppError } from '../base/AppError.ts';
import { neverAborted } from '../base/abort.ts';
import { silentLogger } from '../observability/Logger.ts';
import { ConnectionPool } from './ConnectionPool.ts';

const refused = new AppError('CONNECTION_REFUSED', { title: 'refused', retryable: true });

describe('ConnectionPool', () => {
  let clock: FakeClock;
  let opener: FakeOpener;

  beforeEach(() => {
    clock = new FakeClock();
    opener = new FakeOpener();
  });

  const createPool = (settings: { min?: number; max?: number } = {}) =>
    new ConnectionPool({
      settings: { ...defaultPoolSettings, min: 0, max: 3, ...settings },
      open: opener.open,
      clock,
      logger: silentLogger,
      random: () => 0,
    });

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
    await expect(pool.acquire(neverAborted)).rejects.toMatchObject({ code: 'POOL_BUSY' });
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
});
