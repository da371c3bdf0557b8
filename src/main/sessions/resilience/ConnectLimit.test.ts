import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
import { neverAborted } from '../../base/abort.ts';
import { ConnectLimit } from './ConnectLimit.ts';

describe('ConnectLimit', () => {
  let clock: FakeClock;
  let limit: ConnectLimit;
  let begun: string[];
  let ends: Map<string, () => void>;

  beforeEach(() => {
    clock = new FakeClock();
    limit = new ConnectLimit(clock, 2);
    begun = [];
    ends = new Map();
  });

  const start = (name: string, signal = neverAborted) =>
    limit.run(signal, () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    });

  const end = async (name: string) => {
    ends.get(name)?.();
    await settle();
  };

  it('lets no more than its number run at once, and serves the others in the order they came', async () => {
    for (const name of ['a', 'b', 'c', 'd']) void start(name);
    await settle();
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('a');
    await end('c');
    await end('d');
    void start('e');
    void start('f');
    void start('g');
    await settle();
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('does not let servers that never answer keep the others waiting, and counts right when they end after all', async () => {
    for (const name of ['silent', 'mute', 'well', 'also well', 'later']) void start(name);
    await clock.advance(1_999);
    expect(begun).toEqual(['silent', 'mute']);
    await clock.advance(1);
    expect(begun).toEqual(['silent', 'mute', 'well', 'also well']);
    await end('silent');
    expect(begun).toEqual(['silent', 'mute', 'well', 'also well']);
    await end('well');
    expect(begun).toEqual(['silent', 'mute', 'well', 'also well', 'later']);
    for (const name of ['mute', 'also well', 'later']) await end(name);
    expect(clock.pendingCount).toBe(0);
  });

  it('does not begin what was cancelled while it waited, and passes its turn on', async () => {
    const controller = new AbortController();
    void start('a');
    void start('b');
    const cancelled = expect(start('c', controller.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    void start('d');
    controller.abort();
    await cancelled;
    await end('a');
    expect(begun).toEqual(['a', 'b', 'd']);
  });

  it('keeps its number when somebody cancels in the very moment of their turn', async () => {
    const controller = new AbortController();
    void start('a');
    void start('b');
    const cancelled = expect(start('c', controller.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    void start('d');
    void start('e');
    await settle();
    controller.abort();
    ends.get('a')?.();
    await cancelled;
    await settle();
    expect(begun).toEqual(['a', 'b', 'd']);
    await end('d');
    expect(begun).toEqual(['a', 'b', 'd', 'e']);
  });

  it('gives the place of a failed connect to the next one', async () => {
    const failing = limit.run(neverAborted, () => Promise.reject(new Error('refused')));
    await expect(failing).rejects.toThrow('refused');
    void start('a');
    void start('b');
    await settle();
    expect(begun).toEqual(['a', 'b']);
  });
});
