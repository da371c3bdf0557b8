import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
import { FakeOpener, nth } from '../../../../tests/support/FakeConnection.ts';
import { poolUnderTest } from '../../../../tests/support/poolUnderTest.ts';
import { defaultPoolSettings, type PoolSettings } from '../../../shared/model/poolSettings.ts';
import { AppError } from '../../base/AppError.ts';
import { neverAborted } from '../../base/abort.ts';
import type { ConnectionPool } from './ConnectionPool.ts';
import type { Lease } from './Lease.ts';

const fullServer = new AppError('TOO_MANY_CONNECTIONS', { title: 'full', retryable: true });

describe('other settings for a living pool', () => {
  let clock: FakeClock;
  let opener: FakeOpener;
  let pool: ConnectionPool;
  let settings: PoolSettings;

  beforeEach(() => {
    clock = new FakeClock();
    opener = new FakeOpener();
  });

  const createPool = (overrides: Partial<PoolSettings> = {}) => {
    settings = { ...defaultPoolSettings, min: 0, max: 3, ...overrides };
    pool = poolUnderTest(clock, opener, settings);
  };
  const configure = (overrides: Partial<PoolSettings>) => {
    settings = { ...settings, ...overrides };
    pool.configure(settings);
  };
  const borrow = (count: number): Promise<Lease[]> =>
    Promise.all(Array.from({ length: count }, () => pool.acquire(neverAborted)));

  it('give a higher maximum to those who wait already, while work runs', async () => {
    createPool({ max: 1 });
    await borrow(1);
    const waiting = borrow(2);
    await settle();
    expect(pool.stats()).toMatchObject({ total: 1, waiting: 2, max: 1 });
    configure({ max: 3 });
    await waiting;
    expect(pool.stats()).toMatchObject({ total: 3, inUse: 3, waiting: 0, max: 3 });
  });

  it('close what is idle above a lower maximum at once, and what is lent when it comes back', async () => {
    createPool({ max: 4 });
    const [first, second, third, fourth] = await borrow(4);
    fourth?.release();
    configure({ max: 1 });
    await settle();
    expect(pool.stats()).toMatchObject({ total: 3, inUse: 3, idle: 0, max: 1 });
    expect(opener.opened.every(({ isDestroyed }) => !isDestroyed)).toBe(true);
    const waiting = pool.acquire(neverAborted);
    first?.release();
    second?.release();
    await settle();
    expect(pool.stats()).toMatchObject({ total: 1, inUse: 1, waiting: 1 });
    third?.release();
    expect((await waiting).connection).toBe(third?.connection);
    expect(opener.opened).toHaveLength(4);
  });

  it('do not keep a connection that was on its way when the maximum was lowered', async () => {
    createPool();
    opener.isManual = true;
    const waiting = borrow(3);
    await settle();
    configure({ max: 2 });
    opener.isManual = false;
    opener.finish();
    await settle();
    expect(pool.stats()).toMatchObject({ total: 2, inUse: 2, waiting: 1 });
    expect(nth(opener, 2).isClosedPolitely).toBe(true);
    void waiting;
  });

  it('open what is missing to a higher minimum at once, and let a lower one shrink as idle ones do', async () => {
    createPool({ min: 1 });
    await pool.warmUp();
    configure({ min: 3 });
    await settle();
    expect(pool.stats()).toMatchObject({ total: 3, idle: 3, target: 3 });
    configure({ min: 1 });
    expect(pool.stats()).toMatchObject({ total: 3, target: 1 });
    await clock.advance(defaultPoolSettings.idleTimeoutMs + 5_000);
    expect(pool.stats().total).toBe(1);
  });

  it('keep what the server is known to grant', async () => {
    createPool({ max: 5 });
    await borrow(2);
    opener.failWith = fullServer;
    void pool.acquire(neverAborted).catch(() => undefined);
    await settle();
    expect(pool.stats()).toMatchObject({ ceiling: 2, max: 5 });
    configure({ max: 10 });
    expect(pool.stats()).toMatchObject({ ceiling: 2, max: 10 });
    configure({ max: 1 });
    expect(pool.stats()).toMatchObject({ ceiling: 1, max: 1 });
  });

  it('take the longest wait of those who wait from the new limit, shorter or longer', async () => {
    createPool({ max: 1, acquireTimeoutMs: 10_000 });
    await borrow(1);
    const patient = pool.acquire(neverAborted).then(
      () => 'served',
      ({ code }: AppError) => `${code} at ${clock.monotonicMs()}`,
    );
    const startedMs = clock.monotonicMs();
    await clock.advance(6_000);
    configure({ acquireTimeoutMs: 20_000 });
    await clock.advance(6_000);
    expect(pool.stats().waiting).toBe(1);
    configure({ acquireTimeoutMs: 5_000 });
    expect(await patient).toBe(`POOL_TIMEOUT at ${startedMs + 12_000}`);
  });

  it('take back a reported leak that is within the new limit, and report it when it is over that', async () => {
    createPool({ leakWarningMs: 10_000 });
    await borrow(1);
    await clock.advance(10_000);
    expect(pool.stats().leaked).toBe(1);
    configure({ leakWarningMs: 60_000 });
    expect(pool.stats().leaked).toBe(0);
    await clock.advance(49_999);
    expect(pool.stats().leaked).toBe(0);
    await clock.advance(1);
    expect(pool.stats().leaked).toBe(1);
    configure({ leakReclaimMs: 60_000 });
    await settle();
    expect(pool.stats()).toMatchObject({ total: 0, inUse: 0, leaked: 0 });
  });

  it('mean nothing to a pool that closes', async () => {
    createPool();
    const [lease] = await borrow(1);
    const closing = pool.close(1_000);
    configure({ min: 3 });
    lease?.release();
    await closing;
    expect(opener.opened).toHaveLength(1);
    expect(clock.pendingCount).toBe(0);
  });
});
