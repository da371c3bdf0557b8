import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
import { FakeOpener, nth } from '../../../../tests/support/FakeConnection.ts';
import { defaultPoolSettings, type PoolSettings } from '../../../shared/model/poolSettings.ts';
import { neverAborted } from '../../base/abort.ts';
import { withCorrelation } from '../../observability/correlation.ts';
import { type LogFields, silentLogger } from '../../observability/Logger.ts';
import { ConnectionPool } from './ConnectionPool.ts';
import { describePlace, StackSampler } from './Loans.ts';

describe('the leak watch', () => {
  let clock: FakeClock;
  let opener: FakeOpener;
  let warnings: LogFields[];

  beforeEach(() => {
    clock = new FakeClock();
    opener = new FakeOpener();
    warnings = [];
  });

  const createPool = (settings: Partial<PoolSettings> = {}) =>
    new ConnectionPool({
      settings: { ...defaultPoolSettings, min: 0, max: 1, acquireTimeoutMs: 600_000, ...settings },
      open: opener.open,
      clock,
      logger: { ...silentLogger, warn: (_, fields) => warnings.push(fields ?? {}) },
      random: () => 0,
      onWaited: () => undefined,
    });

  async function borrowAndForget(pool: ConnectionPool) {
    return pool.acquire(neverAborted);
  }

  it('tells once of a connection that was not given back, and who borrowed it where', async () => {
    const pool = createPool();
    const lease = await withCorrelation('call 7', () => borrowAndForget(pool));
    await clock.advance(59_999);
    expect(warnings).toEqual([]);
    await clock.advance(1);
    expect(warnings).toMatchObject([{ heldMs: 60_000, reclaimed: false, correlationId: 'call 7' }]);
    expect(warnings[0]?.borrowedBy).toMatch(/^borrowAndForget \(Loans\.test\.ts:\d+:\d+\) < /);
    expect(pool.stats().leaked).toBe(1);
    await clock.advance(600_000);
    expect(warnings).toHaveLength(1);
    lease.release();
    expect(pool.stats()).toMatchObject({ leaked: 0, total: 1, idle: 1 });
  });

  it('also knows who had to wait before', async () => {
    const pool = createPool();
    const first = await pool.acquire(neverAborted);
    const second = withCorrelation('call 8', () => borrowAndForget(pool));
    await clock.advance(30_000);
    first.release();
    await second;
    await clock.advance(59_999);
    expect(warnings).toEqual([]);
    await clock.advance(1);
    expect(warnings).toMatchObject([{ correlationId: 'call 8' }]);
    expect(warnings[0]?.borrowedBy).toContain('borrowAndForget');
  });

  it('takes the connection back when it may: what runs is cancelled, and who waits gets another', async () => {
    const pool = createPool({ leakReclaimMs: 300_000 });
    const lease = await pool.acquire(neverAborted);
    const waiting = pool.acquire(neverAborted);
    nth(opener, 0).isBusy = true;
    await clock.advance(299_999);
    expect(pool.stats()).toMatchObject({ inUse: 1, waiting: 1 });
    await clock.advance(1);
    expect(nth(opener, 0)).toMatchObject({ cancelCount: 1, isDestroyed: true });
    expect((await waiting).connection).toBe(nth(opener, 1));
    expect(pool.stats()).toMatchObject({ total: 1, inUse: 1, leaked: 0 });
    // Nothing happens for the late one, so that its `finally` hides no error; but only once.
    lease.release();
    expect(pool.stats()).toMatchObject({ total: 1, inUse: 1, idle: 0 });
    expect(() => lease.release()).toThrow(expect.objectContaining({ code: 'LEASE_ALREADY_RELEASED' }));
  });

  it('says of a connection that is told and taken back at once that it was', async () => {
    const pool = createPool({ leakWarningMs: 5_000, leakReclaimMs: 5_000 });
    await pool.acquire(neverAborted);
    await clock.advance(5_000);
    expect(warnings).toMatchObject([{ reclaimed: true }]);
  });

  it('has one timer for all loans, and none soon after the last came back', async () => {
    const pool = createPool({ max: 5, min: 5 });
    await pool.warmUp();
    await settle();
    const housekeeping = clock.pendingCount;
    const leases = await Promise.all([1, 2, 3, 4, 5].map(() => pool.acquire(neverAborted)));
    expect(clock.pendingCount).toBe(housekeeping + 1);
    for (const lease of leases) lease.release();
    await clock.advance(5_000);
    expect(clock.pendingCount).toBe(housekeeping);
  });

  it('samples the places of a crowd of borrowers, and counts its leaks all the same', async () => {
    const pool = createPool({ max: 50 });
    await Promise.all(Array.from({ length: 50 }, () => pool.acquire(neverAborted)));
    await clock.advance(60_000);
    expect(warnings).toHaveLength(50);
    expect(warnings.filter(({ borrowedBy }) => borrowedBy !== null)).toHaveLength(20);
    expect(pool.stats().leaked).toBe(50);
  });
});

describe('StackSampler', () => {
  it('takes a burst, then two hundred a second', () => {
    const sampler = new StackSampler();
    const below = () => undefined;
    const taken = (nowMs: number, times: number) =>
      Array.from({ length: times }, () => sampler.take(nowMs, below)).filter((place) => place !== null)
        .length;
    expect(taken(0, 100)).toBe(20);
    let count = 0;
    for (let nowMs = 1; nowMs <= 1_000; nowMs += 1) count += taken(nowMs, 10);
    expect(count).toBe(200);
    expect(taken(60_000, 100)).toBe(20);
  });
});

describe('describePlace', () => {
  it('names functions and files, but no folder, on every platform', () => {
    const stack = [
      'Error',
      '    at borrow (/home/ada lovelace/Mooring/main/Work.ts:3:7)',
      '    at async Work.run (file:///C:/Users/ada/Work.js:9:1)',
      String.raw`    at C:\Users\ada\start.js:1:2`,
      '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
      '    at async file:///home/ada/main.ts:5:5',
      '    at Array.map (<anonymous>)',
    ].join('\n');
    expect(describePlace({ stack })).toBe(
      'borrow (Work.ts:3:7) < async Work.run (Work.js:9:1) < start.js:1:2 < async main.ts:5:5 < Array.map (<anonymous>)',
    );
    expect(describePlace({ stack })).not.toMatch(/ada/);
  });

  it('says nothing when no stack was taken', () => {
    expect(describePlace(null)).toBeNull();
  });
});
