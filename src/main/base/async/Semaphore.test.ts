import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/FakeClock.ts';
import { neverAborted } from '../abort.ts';
import { Semaphore } from './Semaphore.ts';

/** A semaphore with what became of each request, in order. */
function watched(permitCount = 1) {
  const semaphore = new Semaphore(permitCount);
  const seen: string[] = [];
  const ask = (name: string, signal: AbortSignal = neverAborted) =>
    semaphore.acquire({
      signal,
      enter: () => seen.push(`${name} in`),
      refuse: (reason) => seen.push(`${name} ${(reason as { code: string }).code}`),
    });
  return { semaphore, seen, ask };
}

describe('Semaphore', () => {
  it('grants one permit at a time, in the order of the requests, at once when it is free', () => {
    const { semaphore, seen, ask } = watched();
    for (const name of ['a', 'b', 'c']) ask(name);
    expect(seen).toEqual(['a in']);
    semaphore.release();
    semaphore.release();
    expect(seen).toEqual(['a in', 'b in', 'c in']);
    expect(semaphore.isFree).toBe(false);
    semaphore.release();
    expect(semaphore.isFree).toBe(true);
  });

  it('grants as many permits as it has', () => {
    const { semaphore, seen, ask } = watched(2);
    ask('a');
    expect(semaphore.isFree).toBe(true);
    ask('b');
    ask('c');
    expect(seen).toEqual(['a in', 'b in']);
    expect(semaphore.isFree).toBe(false);
    semaphore.release();
    semaphore.release();
    semaphore.release();
    for (const name of ['d', 'e', 'f']) ask(name);
    expect(seen).toEqual(['a in', 'b in', 'c in', 'd in', 'e in']);
  });

  it('forgets a request whose signal aborts while it waits', () => {
    const { semaphore, seen, ask } = watched();
    const controller = new AbortController();
    ask('a');
    ask('b', controller.signal);
    ask('c');
    controller.abort();
    semaphore.release();
    expect(seen).toEqual(['a in', 'b CANCELLED', 'c in']);
  });

  it('refuses a request whose signal has aborted before, and keeps the permit', () => {
    const { semaphore, seen, ask } = watched();
    ask('a', AbortSignal.abort());
    expect(seen).toEqual(['a CANCELLED']);
    expect(semaphore.isFree).toBe(true);
  });

  it('refuses all requests that wait when told to, and goes on', () => {
    const { semaphore, seen, ask } = watched();
    const controller = new AbortController();
    ask('a');
    ask('b', controller.signal);
    ask('c');
    semaphore.refuseAll({ code: 'GONE' });
    controller.abort();
    ask('d');
    semaphore.release();
    expect(seen).toEqual(['a in', 'b GONE', 'c GONE', 'd in']);
  });

  it('listens to no signal of a request that is settled', () => {
    const { semaphore, ask } = watched();
    const controllers = [1, 2, 3].map(() => new AbortController());
    const listenerCounts = () => controllers.map(({ signal }) => getEventListeners(signal, 'abort').length);
    for (const { signal } of controllers) ask('each', signal);
    expect(listenerCounts()).toEqual([0, 1, 1]);
    semaphore.release();
    expect(listenerCounts()).toEqual([0, 0, 1]);
    semaphore.refuseAll({ code: 'GONE' });
    expect(listenerCounts()).toEqual([0, 0, 0]);
  });

  it('holds a permit while work runs, also when that fails', async () => {
    const semaphore = new Semaphore(1);
    let fail: (error: Error) => void = () => undefined;
    const failing = semaphore.run(neverAborted, () => new Promise<never>((_, reject) => (fail = reject)));
    const waiting = semaphore.run(neverAborted, () => Promise.resolve('next'));
    await settle();
    expect(semaphore.isFree).toBe(false);
    fail(new Error('broken'));
    await expect(failing).rejects.toThrow('broken');
    expect(await waiting).toBe('next');
    expect(semaphore.isFree).toBe(true);
  });

  it('does not begin work whose signal aborts before its turn', async () => {
    const semaphore = new Semaphore(1);
    const controller = new AbortController();
    let hasBegun = false;
    semaphore.acquire({ signal: neverAborted, enter: () => undefined, refuse: () => undefined });
    const waiting = semaphore.run(controller.signal, async () => {
      hasBegun = true;
    });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    semaphore.release();
    await settle();
    expect(hasBegun).toBe(false);
    expect(semaphore.isFree).toBe(true);
  });

  it('takes a permit back once, whether work releases it early, twice or not at all', async () => {
    const { semaphore, seen, ask } = watched();
    const early = semaphore.run(neverAborted, async (release) => {
      release();
      release();
      ask('a');
      ask('b');
      await settle();
    });
    await early;
    expect(seen).toEqual(['a in']);
    semaphore.release();
    expect(seen).toEqual(['a in', 'b in']);
  });

  it('runs work at once or not at all when it may not wait', async () => {
    const semaphore = new Semaphore(1);
    const running = semaphore.tryRun(async () => 'done');
    expect(semaphore.isFree).toBe(false);
    expect(semaphore.tryRun(async () => 'too late')).toBeNull();
    expect(await running).toBe('done');
    expect(await semaphore.tryRun(async () => 'again')).toBe('again');
    const failing = semaphore.tryRun(() => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(semaphore.isFree).toBe(true);
  });
});
