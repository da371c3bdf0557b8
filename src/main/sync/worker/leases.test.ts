import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
import { someBundle } from '../../../../tests/support/someBundle.ts';
import { AppError } from '../../base/AppError.ts';
import { neverAborted } from '../../base/abort.ts';
import { silentLogger } from '../../observability/Logger.ts';
import { Reservations } from '../../sessions/pool/Reservations.ts';
import { LeasedPermits } from './LeasedPermits.ts';
import { takePermits } from './RunPermits.ts';
import { type ReserveConnections, WorkerLeases } from './WorkerLeases.ts';

/** A worker and its app, whose messages come at once. */
function setUp(max: number, reserveWith?: ReserveConnections) {
  const reservations = new Reservations(max, new FakeClock());
  const permits = new LeasedPermits((message) => {
    if (message.type === 'lease') leases.ask(message);
    else if (message.type === 'release') leases.release(message.id);
  });
  const leases = new WorkerLeases({
    reserve: reserveWith ?? ((_id, request) => reservations.reserve(request)),
    answer: (answer) => permits.hear(answer),
    logger: silentLogger,
  });
  const bundle = someBundle();
  const waits: string[] = [];
  const take = (signal: AbortSignal = neverAborted) =>
    takePermits(permits, { bundle, signal, onWait: ({ name }) => waits.push(name) });
  return { leases, reservations, take, waits };
}

describe('connections that a worker leases from the app', () => {
  it('are as many as a run opens, until it is over', async () => {
    const { reservations, take, waits } = setUp(3);
    const held = await take();
    expect(reservations.grantedCount).toBe(1);
    held.dispose();
    expect(reservations.grantedCount).toBe(0);
    expect(waits).toEqual([]);
  });

  it('make the run wait, which is told, and come when another run is over', async () => {
    const { take, waits } = setUp(2);
    const first = await take();
    const second = take();
    await settle();
    expect(waits).toEqual(['Shop']);
    first.dispose();
    (await second).dispose();
  });

  it('are not kept for a run that gave up, be it before or after they were free', async () => {
    const { reservations, take } = setUp(2);
    const first = await take();
    const giving = new AbortController();
    const second = take(giving.signal);
    await settle();
    giving.abort();
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
    first.dispose();
    const late = new AbortController();
    const third = take(late.signal);
    late.abort();
    await expect(third).rejects.toMatchObject({ code: 'CANCELLED' });
    await settle();
    expect(reservations.grantedCount).toBe(0);
  });

  it('are given back when the worker is gone, also those that it waited for', async () => {
    const { leases, reservations, take } = setUp(2);
    await take();
    take().catch(() => undefined);
    await settle();
    leases.endAll();
    await settle();
    expect(reservations.grantedCount).toBe(0);
    await expect(
      reservations.reserve({ count: 1, signal: neverAborted, onWait: () => undefined }),
    ).resolves.toBeDefined();
  });

  it('are refused for a data source that is gone', async () => {
    const { take } = setUp(2, () => Promise.reject(new AppError('NOT_FOUND', { title: 'gone' })));
    await expect(take()).rejects.toMatchObject({ code: 'PIPELINE_INVALID' });
  });
});
