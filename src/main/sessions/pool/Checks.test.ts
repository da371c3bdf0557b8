import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
import { FakeConnection } from '../../../../tests/support/FakeConnection.ts';
import { neverAborted } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import { Checks, pingWithin, summariseChecks } from './Checks.ts';
import { PoolEntry } from './Lease.ts';

describe('pingWithin', () => {
  const optionsWith = (clock: Clock) => ({
    ...{ clock, signal: neverAborted, timeoutMs: 2_000 },
    onSlow: () => undefined,
  });

  it('gives a connection that does not answer exactly its time', async () => {
    const clock = new FakeClock();
    const connection = new FakeConnection();
    connection.answerPing = () => new Promise(() => undefined);
    let result: number | null = -1;
    void pingWithin(connection, optionsWith(clock)).then((time) => {
      result = time;
    });
    await clock.advance(1_999);
    expect(result).toBe(-1);
    await clock.advance(1);
    expect(result).toBeNull();
    expect(clock.pendingCount).toBe(0);
  });

  it('lets a connection live whose answer lay unread while the process was blocked for longer than its time', async () => {
    const clock = new FakeClock();
    const connection = new FakeConnection();
    let answer: () => void = () => undefined;
    connection.answerPing = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    // As after a block: the timer that was due long ago runs first, and only then the answer is read.
    const afterBlock: Clock = {
      monotonicMs: () => clock.monotonicMs() + 20_000,
      wallMs: () => clock.wallMs(),
      after: (_, work) => clock.after(0, work),
    };
    const ping = pingWithin(connection, optionsWith(afterBlock));
    clock.after(0, () => answer());
    await clock.advance(0);
    expect(await ping).toBe(0);
    expect(clock.pendingCount).toBe(0);
  });

  it('says once that an answer is slow, after a quarter of its time', async () => {
    const clock = new FakeClock();
    const connection = new FakeConnection();
    connection.answerPing = () => new Promise(() => undefined);
    const slowAtMs: number[] = [];
    const onSlow = () => slowAtMs.push(clock.monotonicMs());
    void pingWithin(connection, { ...optionsWith(clock), onSlow });
    await clock.advance(2_000);
    expect(slowAtMs).toEqual([500]);
  });

  it('leaves the giving up to the pool: the connection itself gets more time, and the signal of the caller', async () => {
    const clock = new FakeClock();
    const connection = new FakeConnection();
    const ping = vi.spyOn(connection, 'ping');
    expect(await pingWithin(connection, optionsWith(clock))).toBe(0);
    expect(ping.mock.calls).toEqual([[{ signal: neverAborted, timeoutMs: 7_000 }]]);
    expect(clock.pendingCount).toBe(0);
  });

  it('asks nothing of a connection that is known to be dead', async () => {
    const connection = new FakeConnection();
    connection.lose();
    expect(await pingWithin(connection, optionsWith(new FakeClock()))).toBeNull();
    expect(connection.pingCount).toBe(0);
  });
});

describe('Checks', () => {
  let clock: FakeClock;
  let connection: FakeConnection;
  let entry: PoolEntry;
  let checks: Checks;
  let slowCount: number;
  let answer: () => void;

  beforeEach(() => {
    clock = new FakeClock();
    connection = new FakeConnection();
    entry = new PoolEntry(connection, 0, 0);
    slowCount = 0;
    checks = new Checks(clock, () => {
      slowCount += 1;
    });
    connection.answerPing = () => new Promise((resolve) => (answer = resolve));
  });

  const check = (signal: AbortSignal = neverAborted) => checks.ping(entry, signal, 2_000);

  it('counts on a ping until it is slow, and says so once', async () => {
    expect(checks.hopefulCount).toBe(0);
    const outcome = check();
    expect(checks.hopefulCount).toBe(1);
    await clock.advance(499);
    expect([checks.hopefulCount, slowCount]).toEqual([1, 0]);
    await clock.advance(1);
    expect([checks.hopefulCount, slowCount]).toEqual([0, 1]);
    await clock.advance(1_400);
    answer();
    expect(await outcome).toBe(1_900);
    expect([checks.hopefulCount, slowCount]).toEqual([0, 1]);
  });

  it('knows from an answer that the connection lives, and counts on the ping no longer', async () => {
    entry.isSuspect = true;
    const outcome = check();
    await clock.advance(300);
    answer();
    expect(await outcome).toBe(300);
    expect(entry).toMatchObject({ provenAtMs: 300, isSuspect: false });
    expect([checks.hopefulCount, slowCount]).toEqual([0, 0]);
  });

  it('asks again when the connection became suspect while it was asked', async () => {
    const outcome = check();
    await settle();
    entry.isSuspect = true;
    answer();
    await settle();
    expect(connection.pingCount).toBe(2);
    answer();
    expect(await outcome).toBe(0);
    expect(entry.isSuspect).toBe(false);
  });

  it('takes a connection that does not answer for lost, and does not ask it again', async () => {
    const outcome = check();
    await settle();
    entry.isSuspect = true;
    await clock.advance(2_000);
    expect(await outcome).toBe('lost');
    expect(connection.pingCount).toBe(1);
    expect(entry.provenAtMs).toBe(0);
  });

  it('knows nothing of a connection whose check was given up, but suspects it', async () => {
    connection.answerPing = () => Promise.reject(new Error('given up'));
    expect(await check(AbortSignal.abort())).toBe('unknown');
    expect(entry.isSuspect).toBe(true);
  });

  it('takes a connection that ended while its check was given up for lost', async () => {
    connection.lose();
    expect(await check(AbortSignal.abort())).toBe('lost');
  });
});

describe('summariseChecks', () => {
  it('names the quickest answer, and counts those that are lost apart from those that are unknown', () => {
    expect(summariseChecks([30, 'lost', 20, 'unknown', 'lost'])).toEqual({
      ...{ roundTripMs: 20, checked: 5, lost: 2 },
    });
    expect(summariseChecks(['unknown'])).toEqual({ roundTripMs: null, checked: 1, lost: 0 });
    expect(summariseChecks([])).toEqual({ roundTripMs: null, checked: 0, lost: 0 });
  });
});
