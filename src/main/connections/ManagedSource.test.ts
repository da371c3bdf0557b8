import { beforeEach, describe, expect, it } from 'vitest';
import { someDataSource } from '../../../tests/support/dataSources.ts';
import { FakeClock, settle } from '../../../tests/support/FakeClock.ts';
import { FakeOpener, nth } from '../../../tests/support/FakeConnection.ts';
import { defaultPoolSettings } from '../../shared/model/poolSettings.ts';
import type { SourceState } from '../../shared/model/sourceState.ts';
import { AppError } from '../base/AppError.ts';
import { neverAborted } from '../base/abort.ts';
import { silentLogger } from '../observability/Logger.ts';
import { ManagedSource } from './ManagedSource.ts';

const refused = new AppError('CONNECTION_REFUSED', { title: 'refused', retryable: true });
const wrongPassword = new AppError('AUTH_FAILED', { title: 'wrong password' });

describe('ManagedSource', () => {
  let clock: FakeClock;
  let opener: FakeOpener;
  let states: SourceState['status'][];
  let health: (number | null)[];

  beforeEach(() => {
    clock = new FakeClock();
    opener = new FakeOpener();
    states = [];
    health = [];
  });

  const createSource = (min = 1) =>
    new ManagedSource({
      dataSource: someDataSource({ pool: { ...defaultPoolSettings, min, max: 3, acquireTimeoutMs: 5_000 } }),
      open: opener.open,
      clock,
      logger: silentLogger,
      random: () => 0.5,
      onState: (state) => states.push(state.status),
      onHealth: (roundTripMs) => health.push(roundTripMs),
    });

  it('connects by itself for the first caller', async () => {
    const source = createSource();
    await source.acquire(neverAborted);
    expect(states).toEqual(['connecting', 'ready']);
  });

  it('tries again later, longer each time, when the server refuses, and recovers by itself', async () => {
    opener.failWith = refused;
    const source = createSource();
    await expect(source.connect()).rejects.toBe(refused);
    expect(source.state).toMatchObject({ status: 'reconnecting', attempt: 1, nextAt: clock.wallMs() + 125 });
    await clock.advance(125);
    expect(source.state).toMatchObject({ status: 'reconnecting', attempt: 2, nextAt: clock.wallMs() + 250 });
    opener.failWith = null;
    await clock.advance(250);
    expect(source.state.status).toBe('ready');
  });

  it('fails callers at once while it waits for its next attempt', async () => {
    opener.failWith = refused;
    const source = createSource();
    await source.connect().catch(() => undefined);
    await expect(source.acquire(neverAborted)).rejects.toBe(refused);
    expect(source.state).toMatchObject({ status: 'reconnecting', attempt: 1 });
  });

  it('tries now when asked, without waiting', async () => {
    opener.failWith = refused;
    const source = createSource();
    await source.connect().catch(() => undefined);
    opener.failWith = null;
    await source.connect();
    expect(source.state.status).toBe('ready');
  });

  it('never tries a wrong password again by itself, because that locks accounts', async () => {
    opener.failWith = wrongPassword;
    const source = createSource();
    await expect(source.connect()).rejects.toBe(wrongPassword);
    await clock.advance(3_600_000);
    expect(states).toEqual(['connecting', 'failed']);
    expect(clock.pendingCount).toBe(0);
  });

  it('reconnects at once when the last connection is lost', async () => {
    const source = createSource();
    await source.connect();
    nth(opener, 0).lose();
    await settle();
    expect(states).toEqual(['connecting', 'ready', 'connecting', 'ready']);
  });

  it('notices at the health check that the server is gone', async () => {
    const source = createSource();
    await source.connect();
    nth(opener, 0).answerPing = () => Promise.reject(refused);
    opener.failWith = refused;
    await clock.advance(33_000);
    expect(source.state.status).toBe('reconnecting');
    expect(health).toEqual([0, null]);
  });

  it('leaves ready when an empty pool cannot connect any more', async () => {
    const source = createSource(0);
    await source.connect();
    await clock.advance(60_000);
    expect(source.poolStats().total).toBe(0);
    opener.failWith = refused;
    await expect(source.acquire(neverAborted)).rejects.toBe(refused);
    expect(source.state.status).toBe('reconnecting');
    await source.close(0);
    expect(clock.pendingCount).toBe(0);
  });

  it('lets a caller who cancels go while the connect goes on for the others', async () => {
    opener.isManual = true;
    const source = createSource();
    const controller = new AbortController();
    const cancelled = expect(source.acquire(controller.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    const patient = source.acquire(neverAborted);
    await settle();
    controller.abort();
    await cancelled;
    opener.finish();
    expect((await patient).connection).toBe(nth(opener, 0));
  });

  it('leaves no timer behind when it closes, whatever it was doing', async () => {
    const ready = createSource();
    await ready.connect();
    await ready.close(0);
    opener.failWith = refused;
    const waiting = createSource();
    await waiting.connect().catch(() => undefined);
    await waiting.close(0);
    expect(clock.pendingCount).toBe(0);
  });
});
