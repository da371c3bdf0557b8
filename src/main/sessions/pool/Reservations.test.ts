import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
import { FakeOpener } from '../../../../tests/support/FakeConnection.ts';
import { poolUnderTest } from '../../../../tests/support/poolUnderTest.ts';
import { neverAborted } from '../../base/abort.ts';
import type { ConnectionPool } from './ConnectionPool.ts';
import type { Lease } from './Lease.ts';
import { Reservations } from './Reservations.ts';

describe('connections that are reserved', () => {
  let clock: FakeClock;
  let opener: FakeOpener;
  let pool: ConnectionPool;
  let reservations: Reservations;

  beforeEach(() => {
    clock = new FakeClock();
    opener = new FakeOpener();
  });

  const createPool = (max: number, min = 0) => {
    reservations = new Reservations(max, clock);
    pool = poolUnderTest(clock, opener, { min, max }, reservations);
  };
  const borrow = (count: number): Promise<Lease[]> =>
    Promise.all(Array.from({ length: count }, () => pool.acquire(neverAborted)));

  /** A request for so many, and what has become of it. */
  const ask = (count: number, signal = neverAborted) => {
    const asked = {
      isGranted: false,
      waitCount: 0,
      error: null as unknown,
      release: (): void => undefined,
    };
    const onWait = () => {
      asked.waitCount += 1;
    };
    reservations.reserve({ count, signal, onWait }).then(
      (held) => {
        asked.isGranted = true;
        asked.release = () => held.dispose();
      },
      (error: unknown) => {
        asked.error = error;
      },
    );
    return asked;
  };
  /** Time goes on: who asks afterwards has asked later. */
  const later = () => clock.advance(1);

  it('are granted at once while the pool has fewer than it may have, and are not lent', async () => {
    createPool(3);
    const [lease] = await borrow(1);
    const asked = ask(2);
    await settle();
    expect(asked).toMatchObject({ isGranted: true, waitCount: 0 });
    expect(pool.stats()).toMatchObject({ total: 1, reserved: 2, max: 3 });
    const waiting = pool.acquire(neverAborted);
    await settle();
    expect(pool.stats()).toMatchObject({ total: 1, waiting: 1, connecting: 0 });
    lease?.release();
    expect((await waiting).connection).toBe(lease?.connection);
    expect(opener.opened).toHaveLength(1);
  });

  it('go back to the callers who wait for them', async () => {
    createPool(2);
    await borrow(1);
    const asked = ask(1);
    await settle();
    const waiting = pool.acquire(neverAborted);
    asked.release();
    await waiting;
    expect(pool.stats()).toMatchObject({ total: 2, reserved: 0, waiting: 0 });
    asked.release();
    expect(pool.stats().reserved).toBe(0);
  });

  it('take the place of idle connections, once those are closed', async () => {
    createPool(3);
    for (const lease of await borrow(3)) lease.release();
    let isGone = (): void => undefined;
    for (const connection of opener.opened)
      connection.answerGoodbye = () =>
        new Promise((resolve) => {
          isGone = resolve;
        });
    const asked = ask(1);
    await settle();
    expect(asked).toMatchObject({ isGranted: false, waitCount: 1 });
    expect(pool.stats()).toMatchObject({ idle: 2, reserved: 0 });
    isGone();
    await settle();
    expect(asked.isGranted).toBe(true);
    expect(pool.stats()).toMatchObject({ idle: 2, reserved: 1 });
  });

  it('come after the callers who asked before, and before those who asked after', async () => {
    createPool(2);
    const [first, second] = await borrow(2);
    const before = pool.acquire(neverAborted);
    await later();
    const asked = ask(1);
    await later();
    const after = pool.acquire(neverAborted);
    first?.release();
    const third = await before;
    await settle();
    expect(asked.isGranted).toBe(false);
    second?.release();
    await settle();
    expect(asked.isGranted).toBe(true);
    expect(pool.stats()).toMatchObject({ total: 1, inUse: 1, waiting: 1, reserved: 1 });
    third.release();
    expect((await after).connection).toBe(third.connection);
  });

  it('do not wait for a caller who has given up', async () => {
    createPool(2);
    const [first] = await borrow(2);
    const giving = new AbortController();
    const before = pool.acquire(giving.signal);
    await later();
    const asked = ask(1);
    await later();
    const after = pool.acquire(neverAborted);
    giving.abort();
    await expect(before).rejects.toMatchObject({ code: 'CANCELLED' });
    first?.release();
    await settle();
    expect(asked.isGranted).toBe(true);
    expect(pool.stats()).toMatchObject({ inUse: 1, waiting: 1, reserved: 1 });
    asked.release();
    await after;
  });

  it('leave one for the pool, and are granted first come first served', async () => {
    createPool(3);
    const [one, two, three] = [ask(1), ask(2), ask(1)];
    await settle();
    expect([one, two, three].map(({ isGranted }) => isGranted)).toEqual([true, false, false]);
    await borrow(1);
    one.release();
    await settle();
    expect([two, three].map(({ isGranted }) => isGranted)).toEqual([true, false]);
    two.release();
    await settle();
    expect(three.isGranted).toBe(true);
  });

  it('leave none where there is but one, and wait until it is not lent', async () => {
    createPool(1);
    const [lease] = await borrow(1);
    const asked = ask(1);
    await settle();
    expect(asked.isGranted).toBe(false);
    lease?.release();
    await settle();
    expect(asked.isGranted).toBe(true);
    const waiting = pool.acquire(neverAborted);
    await settle();
    expect(pool.stats()).toMatchObject({ total: 0, waiting: 1, reserved: 1 });
    asked.release();
    await waiting;
  });

  it('do not stop the pool while they wait for all that there may be', async () => {
    createPool(2);
    const [pinned] = await borrow(1);
    const asked = ask(2);
    await later();
    const [other] = await borrow(1);
    other?.release();
    await settle();
    expect(asked.isGranted).toBe(false);
    expect(pool.stats()).toMatchObject({ inUse: 1, idle: 1 });
    pinned?.release();
    await settle();
    expect(asked.isGranted).toBe(true);
    expect(pool.stats()).toMatchObject({ total: 0, reserved: 2 });
  });

  it('let a first connect wait where there is nothing left, until they are given back or the pool closes', async () => {
    createPool(1);
    const asked = ask(1);
    await settle();
    const connecting = pool.warmUp();
    await settle();
    expect(opener.opened).toHaveLength(0);
    asked.release();
    await connecting;
    expect(opener.opened).toHaveLength(1);
    await pool.close(0);

    createPool(1);
    ask(1);
    await settle();
    const closing = pool.warmUp();
    await pool.close(0);
    await expect(closing).rejects.toMatchObject({ code: 'POOL_CLOSED' });
  });

  it('ask query tabs for the connections that they can spare', async () => {
    createPool(2);
    const [first, second] = await borrow(2);
    first?.pin(() => first.release());
    const asked = ask(1);
    await settle();
    expect(asked.isGranted).toBe(true);
    second?.release();
  });

  it('stay reserved when the pool is closed, and are given without one', async () => {
    createPool(2);
    await borrow(1);
    const asked = ask(1);
    await settle();
    const closed = pool.close(0);
    const next = ask(1);
    await closed;
    await settle();
    expect(asked.isGranted).toBe(true);
    expect(next.isGranted).toBe(false);
    asked.release();
    await settle();
    expect(next.isGranted).toBe(true);
  });

  it('wait for a pool that is being closed to be gone', async () => {
    createPool(2);
    const leases = await borrow(2);
    const asked = ask(1);
    const closed = pool.close(60_000);
    await settle();
    expect(asked.isGranted).toBe(false);
    for (const lease of leases) lease.release();
    await closed;
    await settle();
    expect(asked.isGranted).toBe(true);
  });

  it('are more with a higher maximum, and none is taken back for a lower one', async () => {
    createPool(2);
    const [one, two] = [ask(1), ask(1)];
    await settle();
    expect(two.isGranted).toBe(false);
    reservations.configure(3);
    await settle();
    expect(two.isGranted).toBe(true);
    reservations.configure(1);
    expect(reservations.grantedCount).toBe(2);
    one.release();
    expect(reservations.grantedCount).toBe(1);
  });

  it('are withdrawn by the signal, and the next in the line is served', async () => {
    createPool(2);
    const held = ask(1);
    const giving = new AbortController();
    const waiting = ask(1, giving.signal);
    const next = ask(1);
    await settle();
    giving.abort();
    await settle();
    expect(waiting).toMatchObject({ isGranted: false, error: { code: 'CANCELLED' } });
    held.release();
    await settle();
    expect(next.isGranted).toBe(true);
    expect(reservations.grantedCount).toBe(1);
  });

  it('give the pool back what was set aside for a request that is withdrawn', async () => {
    createPool(3);
    const [first] = await borrow(3);
    const giving = new AbortController();
    const asked = ask(2, giving.signal);
    await later();
    const waiting = pool.acquire(neverAborted);
    first?.release();
    await settle();
    expect(pool.stats()).toMatchObject({ inUse: 2, waiting: 1 });
    giving.abort();
    await waiting;
    expect(asked.isGranted).toBe(false);
    expect(pool.stats()).toMatchObject({ inUse: 3, waiting: 0 });
  });

  it('are part of what a caller is told who waited too long', async () => {
    createPool(2);
    await borrow(1);
    ask(1);
    await settle();
    const waiting = pool.acquire(neverAborted);
    const failed = expect(waiting).rejects.toMatchObject({
      code: 'POOL_TIMEOUT',
      detail: expect.stringContaining('1 used by pipelines, at most 2'),
    });
    await clock.advance(30_000);
    await failed;
  });
});
