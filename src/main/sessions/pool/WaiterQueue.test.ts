import { getEventListeners } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
import { FakeConnection } from '../../../../tests/support/FakeConnection.ts';
import { neverAborted } from '../../base/abort.ts';
import { Lease, PoolEntry } from './Lease.ts';
import { WaiterQueue } from './WaiterQueue.ts';

const nobody = { place: null, correlationId: null };
const someLease = new Lease(1, new PoolEntry(new FakeConnection(), 0, 0), () => undefined);

describe('WaiterQueue', () => {
  let clock: FakeClock;
  let queue: WaiterQueue;
  /** What became of each caller, and when. */
  let seen: string[];

  beforeEach(() => {
    clock = new FakeClock();
    seen = [];
    queue = new WaiterQueue({
      clock,
      timeoutMs: 1_000,
      timeoutError: () => new Error(`late, of ${queue.size}`),
    });
  });

  const wait = (name: string, signal: AbortSignal = neverAborted) =>
    queue.wait(signal, clock.monotonicMs(), nobody).then(
      () => seen.push(`${clock.monotonicMs()}: ${name} served`),
      (error: unknown) => seen.push(`${clock.monotonicMs()}: ${name} ${whyOf(error)}`),
    );
  const whyOf = (error: unknown) =>
    error instanceof Error && 'code' in error ? error.code : String((error as Error).message);
  const serveNext = async () => {
    queue.shift()?.resolve(someLease);
    await settle();
  };

  it('fails each caller when its own time is over, not only the first', async () => {
    void wait('a');
    await clock.advance(400);
    void wait('b');
    await clock.advance(100);
    void wait('c');
    await clock.advance(2_000);
    expect(seen).toEqual(['1000: a late, of 3', '1400: b late, of 2', '1500: c late, of 1']);
    expect(queue.size).toBe(0);
  });

  it('fails those together who came together, each while all of them still count', async () => {
    void wait('a');
    void wait('b');
    await clock.advance(1_000);
    expect(seen).toEqual(['1000: a late, of 2', '1000: b late, of 2']);
  });

  it('watches over whoever comes after a time-out as over the first', async () => {
    void wait('a');
    await clock.advance(5_000);
    expect(clock.pendingCount).toBe(0);
    void wait('b');
    await clock.advance(999);
    expect(seen).toEqual(['1000: a late, of 1']);
    await clock.advance(1);
    expect(seen.slice(1)).toEqual(['6000: b late, of 1']);
  });

  it('gives a caller its whole time after an earlier one was served', async () => {
    void wait('a');
    await clock.advance(900);
    void wait('b');
    await serveNext();
    await clock.advance(999);
    expect(seen).toEqual(['900: a served']);
    await clock.advance(1);
    expect(seen.slice(1)).toEqual(['1900: b late, of 1']);
  });

  it('has one timer for all, and none when nobody has waited for as long as the limit', async () => {
    for (const name of ['a', 'b', 'c']) void wait(name);
    expect(clock.pendingCount).toBe(1);
    while (queue.size > 0) await serveNext();
    await clock.advance(1_000);
    expect(clock.pendingCount).toBe(0);
    expect(seen).toEqual(['0: a served', '0: b served', '0: c served']);
  });

  it('serves in the order in which they came, also around callers who leave', async () => {
    const leaving = ['a', 'c', 'e'].map((name) => [name, new AbortController()] as const);
    const signals = new Map(leaving.map(([name, { signal }]) => [name, signal]));
    for (const name of ['a', 'b', 'c', 'd', 'e']) void wait(name, signals.get(name));
    for (const [, controller] of leaving) controller.abort();
    await settle();
    expect(seen).toEqual(['0: a CANCELLED', '0: c CANCELLED', '0: e CANCELLED']);
    expect(queue.size).toBe(2);
    void wait('f');
    for (let count = 0; count < 4; count += 1) await serveNext();
    expect(seen.slice(3)).toEqual(['0: b served', '0: d served', '0: f served']);
    expect(queue.shift()).toBeNull();
    expect(queue.size).toBe(0);
  });

  it('lets all callers with one signal go when it aborts, and nobody else', async () => {
    const controller = new AbortController();
    for (const name of ['a', 'b']) void wait(name, controller.signal);
    void wait('c');
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
    controller.abort();
    await settle();
    expect(seen).toEqual(['0: a CANCELLED', '0: b CANCELLED']);
    expect(queue.size).toBe(1);
  });

  it('listens to a signal for as long as a caller with it waits, and no longer', async () => {
    const { signal } = new AbortController();
    const listenerCount = () => getEventListeners(signal, 'abort').length;
    for (const name of ['a', 'b']) void wait(name, signal);
    await serveNext();
    expect(listenerCount()).toBe(1);
    await clock.advance(1_000);
    expect(listenerCount()).toBe(0);
    void wait('c', signal);
    expect(listenerCount()).toBe(1);
    queue.rejectAll(new Error('closed'));
    expect(listenerCount()).toBe(0);
  });

  it('takes another limit for those who wait already, and fails at once those who are late by it', async () => {
    void wait('a');
    await clock.advance(600);
    void wait('b');
    queue.configure(500);
    await settle();
    expect(seen).toEqual(['600: a late, of 2']);
    queue.configure(700);
    await clock.advance(700);
    expect(seen.slice(1)).toEqual(['1300: b late, of 1']);
    void wait('c');
    await clock.advance(700);
    expect(seen.slice(2)).toEqual(['2000: c late, of 1']);
  });

  it('sets no timer for another limit while nobody waits', () => {
    queue.configure(500);
    expect(clock.pendingCount).toBe(0);
  });

  it('fails everybody with one error when told to, and leaves no timer when it stops', async () => {
    void wait('a');
    void wait('b');
    queue.rejectAll(new Error('closed'));
    queue.stop();
    await settle();
    expect(seen).toEqual(['0: a closed', '0: b closed']);
    expect(clock.pendingCount).toBe(0);
    queue.stop();
    void wait('c');
    expect(clock.pendingCount).toBe(1);
  });
});
