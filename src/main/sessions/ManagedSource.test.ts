import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/FakeClock.ts';
import { FakeOpener, nth } from '../../../tests/support/FakeConnection.ts';
import { sourceUnderTest } from '../../../tests/support/sourceUnderTest.ts';
import { defaultPoolSettings } from '../../shared/model/poolSettings.ts';
import type { SourceState } from '../../shared/model/sourceState.ts';
import { AppError } from '../base/AppError.ts';
import { neverAborted, untilAborted } from '../base/abort.ts';
import type { ConnectTarget } from '../connectors/Connector.ts';
import type { LogFields } from '../observability/Logger.ts';
import { silentLogger } from '../observability/Logger.ts';

const refused = new AppError('CONNECTION_REFUSED', { title: 'refused', retryable: true });
const wrongPassword = new AppError('AUTH_FAILED', { title: 'wrong password' });
const unknownHost = new AppError('HOST_NOT_FOUND', { title: 'unknown host' });
const serverFull = new AppError('TOO_MANY_CONNECTIONS', { title: 'full', retryable: true });

describe('ManagedSource', () => {
  let clock: FakeClock;
  let opener: FakeOpener;
  let states: SourceState['status'][];
  let health: (number | null)[];
  let deadlines: number[];
  let openCount: number;

  beforeEach(() => {
    clock = new FakeClock();
    opener = new FakeOpener();
    states = [];
    health = [];
    deadlines = [];
    openCount = 0;
  });

  const createSource = (min = 1, extra: Partial<Parameters<typeof sourceUnderTest>[0]> = {}) =>
    sourceUnderTest({
      clock,
      connect: (signal, { timeouts }) => {
        openCount += 1;
        deadlines.push(timeouts.connectMs);
        return untilAborted(signal, opener.open());
      },
      fields: { pool: { ...defaultPoolSettings, min, max: 3, acquireTimeoutMs: 5_000 } },
      onState: (state) => states.push(state.status),
      onHealth: (roundTripMs) => health.push(roundTripMs),
      ...extra,
    });

  const connected = async (min = 1) => {
    const source = createSource(min);
    await source.connect();
    await settle();
    return source;
  };

  describe('connecting', () => {
    it('connects by itself for the first caller', async () => {
      await createSource().acquire(neverAborted);
      expect(states).toEqual(['connecting', 'ready']);
    });

    it('lets a caller who cancels go while the connect goes on for the others', async () => {
      opener.isManual = true;
      const source = createSource();
      const controller = new AbortController();
      const cancelled = expect(source.acquire(controller.signal)).rejects.toMatchObject({
        code: 'CANCELLED',
      });
      const patient = source.acquire(neverAborted);
      await settle();
      controller.abort();
      await cancelled;
      opener.isManual = false;
      opener.finish();
      expect((await patient).connection).toBeDefined();
    });

    it('makes one log-in for twenty callers when the password is wrong, and none for those who come later', async () => {
      opener.failWith = wrongPassword;
      const source = createSource();
      const callers = Array.from({ length: 20 }, () => source.acquire(neverAborted));
      const outcomes = await Promise.allSettled(callers);
      expect(
        outcomes.every((outcome) => outcome.status === 'rejected' && outcome.reason === wrongPassword),
      ).toBe(true);
      await expect(source.acquire(neverAborted)).rejects.toBe(wrongPassword);
      expect(openCount).toBe(1);
    });
  });

  describe('trying again', () => {
    it('waits longer each time when the server refuses, and recovers by itself', async () => {
      opener.failWith = refused;
      const source = createSource();
      await expect(source.connect()).rejects.toBe(refused);
      expect(source.state).toMatchObject({
        status: 'reconnecting',
        attempt: 1,
        nextAt: clock.wallMs() + 125,
      });
      await clock.advance(125);
      expect(source.state).toMatchObject({
        status: 'reconnecting',
        attempt: 2,
        nextAt: clock.wallMs() + 250,
      });
      opener.failWith = null;
      await clock.advance(250);
      expect(source.state.status).toBe('ready');
    });

    it('opens the circuit after five failures, tries once when its time is over, and says until when', async () => {
      opener.failWith = refused;
      const source = createSource();
      await source.connect().catch(() => undefined);
      await clock.advance(125 + 250 + 500 + 1_000);
      expect(openCount).toBe(5);
      expect(source.state).toMatchObject({ status: 'open-circuit', until: clock.wallMs() + 2_000 });
      await clock.advance(1_999);
      expect(openCount).toBe(5);
      await clock.advance(1);
      expect(openCount).toBe(6);
      expect(source.state).toMatchObject({ status: 'open-circuit', until: clock.wallMs() + 4_000 });
      opener.failWith = null;
      await clock.advance(4_000);
      expect(source.state.status).toBe('ready');
    });

    it('fails callers at once while it waits, with the cause and when it is tried again', async () => {
      opener.failWith = refused;
      const source = createSource();
      await source.connect().catch(() => undefined);
      await expect(source.acquire(neverAborted)).rejects.toMatchObject({
        code: 'CIRCUIT_OPEN',
        cause: refused,
        retryAfterMs: 125,
      });
      expect(openCount).toBe(1);
    });

    it('keeps failing callers at once while an attempt of its own hangs', async () => {
      opener.failWith = refused;
      const source = createSource();
      await source.connect().catch(() => undefined);
      opener.isManual = true;
      await clock.advance(125);
      await expect(source.acquire(neverAborted)).rejects.toMatchObject({
        code: 'CIRCUIT_OPEN',
        retryAfterMs: 0,
      });
    });

    it('tries now when asked, without waiting, and counts from the start', async () => {
      opener.failWith = refused;
      const source = createSource();
      await source.connect().catch(() => undefined);
      await clock.advance(20_000);
      await expect(source.connect()).rejects.toBe(refused);
      expect(source.state.status).toBe('open-circuit');
      opener.failWith = null;
      await source.connect();
      expect(source.state.status).toBe('ready');
    });

    it('never tries a wrong password again by itself, because that locks accounts; a person may', async () => {
      opener.failWith = wrongPassword;
      const source = createSource();
      await expect(source.connect()).rejects.toBe(wrongPassword);
      await clock.advance(3_600_000);
      expect(states).toEqual(['connecting', 'failed']);
      expect(clock.pendingCount).toBe(0);
      opener.failWith = null;
      await source.connect();
      expect(source.state.status).toBe('ready');
    });

    it('stops at an unknown host, but not when it was connected to it before', async () => {
      const source = await connected();
      opener.failWith = unknownHost;
      nth(opener, 0).lose();
      await settle();
      expect(source.state.status).toBe('reconnecting');
      const fresh = createSource();
      await expect(fresh.connect()).rejects.toBe(unknownHost);
      expect(fresh.state.status).toBe('failed');
    });
  });

  describe('losing connections', () => {
    it('reconnects at once when the last connection is lost', async () => {
      await connected();
      nth(opener, 0).lose();
      await settle();
      expect(states).toEqual(['connecting', 'ready', 'connecting', 'ready']);
    });

    it('does not hammer a server that takes connections and drops them', async () => {
      const source = await connected();
      for (const delayMs of [125, 250, 500]) {
        nth(opener, opener.opened.length - 1).lose();
        await settle();
        if (delayMs === 125) {
          nth(opener, opener.opened.length - 1).lose();
          await settle();
        }
        expect(source.state).toMatchObject({ status: 'reconnecting', nextAt: clock.wallMs() + delayMs });
        await clock.advance(delayMs);
        expect(source.state.status).toBe('ready');
      }
      await clock.advance(60_000);
      nth(opener, opener.opened.length - 1).lose();
      await settle();
      expect(source.state.status).toBe('ready');
    });

    it('goes on trying when a connect that began before the loss fails while the next attempt runs', async () => {
      const source = await connected();
      await source.acquire(neverAborted);
      opener.isManual = true;
      const waiting = source.acquire(neverAborted).catch(() => undefined);
      await settle();
      expect(opener.pendingCount).toBe(1);
      nth(opener, 0).lose();
      await settle();
      opener.failWith = refused;
      opener.finish();
      opener.isManual = false;
      await settle();
      await waiting;
      opener.failWith = null;
      await clock.advance(30_000);
      expect(source.state.status).toBe('ready');
    });

    it('lends what works when it cannot open more, says so, and is ready again after a clean check', async () => {
      const source = await connected();
      const lease = await source.acquire(neverAborted);
      opener.failWith = refused;
      const waiting = source.acquire(neverAborted);
      await settle();
      expect(source.state).toMatchObject({ status: 'degraded', reason: { code: 'CONNECTION_REFUSED' } });
      lease.release();
      (await waiting).release();
      opener.failWith = null;
      await clock.advance(12_000);
      expect(states).toEqual(['connecting', 'ready', 'degraded', 'ready']);
    });

    it('works on with what is open when the password is changed on the server, and stops when that is gone', async () => {
      const source = await connected();
      const lease = await source.acquire(neverAborted);
      opener.failWith = wrongPassword;
      const waiting = source.acquire(neverAborted);
      await settle();
      expect(source.state).toMatchObject({ status: 'degraded', reason: { code: 'AUTH_FAILED' } });
      lease.release();
      (await waiting).release();
      await clock.advance(60_000);
      expect(source.state.status).toBe('degraded');
      expect(openCount).toBe(2);
      nth(opener, 0).lose();
      await settle();
      expect(source.state).toMatchObject({ status: 'failed', reason: { code: 'AUTH_FAILED' } });
      expect(openCount).toBe(2);
    });

    it('tells that the server is full while its connections work', async () => {
      const source = await connected();
      await source.acquire(neverAborted);
      opener.failWith = serverFull;
      source.acquire(neverAborted).catch(() => undefined);
      await settle();
      expect(source.state).toMatchObject({ status: 'degraded', reason: { code: 'TOO_MANY_CONNECTIONS' } });
    });

    it('leaves ready when an empty pool cannot connect any more', async () => {
      const source = await connected(0);
      await clock.advance(120_000);
      expect(source.poolStats().total).toBe(0);
      opener.failWith = refused;
      await expect(source.acquire(neverAborted)).rejects.toBe(refused);
      expect(source.state.status).toBe('reconnecting');
    });
  });

  describe('in use', () => {
    it('opens nothing when it is asked to connect although it is connected', async () => {
      const source = await connected();
      await source.connect();
      expect(openCount).toBe(1);
      expect(states).toEqual(['connecting', 'ready']);
      expect(source.isOpen).toBe(true);
    });

    it('opens more again, after a password was refused, when a person connects', async () => {
      const source = await connected(2);
      await Promise.all([source.acquire(neverAborted), source.acquire(neverAborted)]);
      opener.failWith = wrongPassword;
      const waiting = source.acquire(neverAborted);
      await settle();
      expect(source.state).toMatchObject({ status: 'degraded', reason: { code: 'AUTH_FAILED' } });
      opener.failWith = null;
      await source.connect();
      await waiting;
      expect(source.state.status).toBe('ready');
    });

    it('hands out each decision about its size once', async () => {
      const source = await connected();
      const leases = await Promise.all([1, 2, 3].map(() => source.acquire(neverAborted)));
      const waiting = source.acquire(neverAborted);
      await clock.advance(500);
      for (const lease of leases) lease.release();
      (await waiting).release();
      expect(source.takeDecisions().map(({ reason }) => reason)).toEqual(['waiting']);
      expect(source.takeDecisions()).toEqual([]);
    });

    it('lends nothing unasked after the machine slept', async () => {
      const source = await connected();
      (await source.acquire(neverAborted)).release();
      const before = nth(opener, 0).pingCount;
      source.suspended();
      await source.acquire(neverAborted);
      expect(nth(opener, 0).pingCount).toBe(before + 1);
    });

    it('does nothing any more once it is closed', async () => {
      const source = await connected();
      await source.close(0);
      source.resumed();
      source.suspended();
      await expect(source.connect()).rejects.toMatchObject({ code: 'POOL_CLOSED' });
      await expect(source.acquire(neverAborted)).rejects.toMatchObject({ code: 'POOL_CLOSED' });
      await clock.advance(60_000);
      expect(openCount).toBe(1);
      expect(clock.pendingCount).toBe(0);
    });
  });

  describe('checking health', () => {
    it('notices that the server is gone', async () => {
      const source = await connected();
      nth(opener, 0).answerPing = () => Promise.reject(refused);
      opener.failWith = refused;
      await clock.advance(30_000);
      expect(source.state.status).toBe('reconnecting');
      expect(health).toEqual([0, null]);
    });

    it('tells that some connections did not answer while others do, until a check is clean again', async () => {
      const source = await connected(2);
      expect(source.poolStats().total).toBe(2);
      nth(opener, 0).answerPing = () => Promise.reject(refused);
      await clock.advance(33_000);
      expect(states).toContain('degraded');
      await clock.advance(6_000);
      expect(source.state.status).toBe('ready');
    });

    it('keeps one timer of its own while it is ready, and none when it has failed', async () => {
      opener.failWith = wrongPassword;
      await createSource()
        .connect()
        .catch(() => undefined);
      expect(clock.pendingCount).toBe(0);
    });
  });

  describe('sleep and network', () => {
    it('finds dead sockets within two seconds of waking up, and is back with one change of state', async () => {
      const source = await connected();
      nth(opener, 0).answerPing = () => new Promise(() => undefined);
      await clock.advance(10_000);
      states.length = 0;
      source.resumed();
      await clock.advance(2_000);
      expect(states).toEqual(['connecting', 'ready']);
    });

    it('does no harm to connections that live', async () => {
      const source = await connected();
      source.suspended();
      source.resumed();
      source.resumed();
      await clock.advance(5_000);
      expect(states).toEqual(['connecting', 'ready']);
      expect(opener.opened).toHaveLength(1);
    });

    it('tries at once, and often for half a minute, when the network is back', async () => {
      const source = await connected();
      opener.failWith = refused;
      nth(opener, 0).lose();
      await clock.advance(120_000);
      source.resumed();
      const before = openCount;
      await clock.advance(0);
      expect(openCount).toBe(before + 1);
      await clock.advance(20_000);
      // At most a second apart; with full jitter of one half, half a second.
      expect(openCount - before).toBeGreaterThan(20);
      opener.failWith = null;
      await clock.advance(1_000);
      expect(source.state.status).toBe('ready');
    });

    it('gives up a connect into the void for a new one when the network changes, unnoticed by who waits', async () => {
      const source = await connected();
      nth(opener, 0).lose();
      await settle();
      nth(opener, 1).lose();
      await settle();
      opener.isManual = true;
      await clock.advance(125);
      opener.isManual = false;
      expect(opener.pendingCount).toBe(1);
      source.resumed();
      opener.failWith = null;
      opener.finish();
      await settle();
      await settle();
      expect(source.state.status).toBe('ready');
    });

    it('shortens a connect while the network has just changed, but not below what the server needs', async () => {
      const source = await connected();
      opener.failWith = refused;
      source.resumed();
      nth(opener, 0).lose();
      await clock.advance(40_000);
      expect(deadlines[0]).toBe(30_000);
      expect(deadlines[1]).toBe(1_500);
      expect(deadlines.at(-1)).toBe(30_000);
    });
  });

  describe('closing', () => {
    it('leaves no timer behind, whatever it was doing', async () => {
      const ready = await connected();
      await ready.close(0);
      opener.failWith = refused;
      const waiting = createSource();
      await waiting.connect().catch(() => undefined);
      await waiting.close(0);
      expect(clock.pendingCount).toBe(0);
      await expect(waiting.connect()).rejects.toMatchObject({ code: 'POOL_CLOSED' });
      await expect(waiting.acquire(neverAborted)).rejects.toMatchObject({ code: 'POOL_CLOSED' });
      expect(clock.pendingCount).toBe(0);
    });
  });

  describe('a connection beside the pool', () => {
    it('does not connect a data source that is not connected', async () => {
      const source = createSource();
      await expect(source.openBeside({}, neverAborted)).rejects.toMatchObject({ code: 'POOL_CLOSED' });
      expect(openCount).toBe(0);
    });

    it('is not one of the pool, has what it was given, and ends with the data source', async () => {
      const targets: ConnectTarget[] = [];
      const connect = (_: AbortSignal, target: ConnectTarget) => {
        targets.push(target);
        return opener.open();
      };
      const source = createSource(1, { connect });
      await source.connect();
      const change = { applicationName: 'beside', timeouts: { queryMs: 3_000 } };
      await source.openBeside(change, neverAborted);
      expect(source.poolStats().total).toBe(1);
      expect(targets[1]).toMatchObject({
        applicationName: 'beside',
        timeouts: { ...targets[0]?.timeouts, queryMs: 3_000 },
      });
      await source.close(0);
      expect(nth(opener, 1).isClosedPolitely).toBe(true);
    });

    it('is named with those of the pool, as the server calls them', async () => {
      const source = await connected();
      await source.openBeside({}, neverAborted);
      expect(source.backendIds()).toEqual([]);
      for (const [at, connection] of opener.opened.entries()) connection.backendId = 100 + at;
      expect(source.backendIds()).toEqual([100, 101]);
    });

    it('is refused log-in once, and then nobody tries again', async () => {
      const source = await connected();
      opener.failWith = wrongPassword;
      await expect(source.openBeside({}, neverAborted)).rejects.toMatchObject({ code: 'AUTH_FAILED' });
      await expect(source.openBeside({}, neverAborted)).rejects.toMatchObject({ code: 'AUTH_FAILED' });
      expect(openCount).toBe(2);
    });
  });

  it('logs each change of state once, with attempt, delay and code', async () => {
    const lines: LogFields[] = [];
    opener.failWith = refused;
    const logger = {
      ...silentLogger,
      info: (_: string, fields?: LogFields) => void lines.push(fields ?? {}),
    };
    const source = createSource(1, { logger });
    await source.connect().catch(() => undefined);
    expect(lines.map(({ dataSourceId: _, ...fields }) => fields)).toEqual([
      { status: 'connecting' },
      { status: 'reconnecting', attempt: 1, delayMs: 125, code: 'CONNECTION_REFUSED' },
    ]);
  });
});
