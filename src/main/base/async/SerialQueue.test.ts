import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/FakeClock.ts';
import { KeyedSerialQueue, SerialQueue } from './SerialQueue.ts';

/** Work that begins when the queue says so and ends when the test says so. */
class Steps {
  readonly begun: string[] = [];
  readonly #ends = new Map<string, (error: Error | null) => void>();

  readonly work = (name: string) => () => {
    this.begun.push(name);
    return new Promise<string>((resolve, reject) => {
      this.#ends.set(name, (error) => (error === null ? resolve(`${name} done`) : reject(error)));
    });
  };

  async end(name: string, error: Error | null = null): Promise<void> {
    this.#ends.get(name)?.(error);
    await settle();
  }
}

describe('SerialQueue', () => {
  it('runs one piece of work at a time, in the order in which they came, and answers each caller', async () => {
    const steps = new Steps();
    const queue = new SerialQueue();
    const results = ['a', 'b', 'c'].map((name) => queue.run(steps.work(name)));
    await settle();
    expect(steps.begun).toEqual(['a']);
    await steps.end('a');
    expect(steps.begun).toEqual(['a', 'b']);
    await steps.end('b');
    await steps.end('c');
    expect(await Promise.all(results)).toEqual(['a done', 'b done', 'c done']);
  });

  it('goes on after work that failed, and tells only its caller', async () => {
    const steps = new Steps();
    const queue = new SerialQueue();
    const failing = expect(queue.run(steps.work('a'))).rejects.toThrow('broken');
    const next = queue.run(steps.work('b'));
    await settle();
    await steps.end('a', new Error('broken'));
    await failing;
    await steps.end('b');
    expect(await next).toBe('b done');
  });

  it('is idle only while nothing runs or waits', async () => {
    const steps = new Steps();
    const queue = new SerialQueue();
    expect(queue.isIdle).toBe(true);
    void queue.run(steps.work('a'));
    queue.run(steps.work('b')).catch(() => undefined);
    await settle();
    await steps.end('a');
    expect(queue.isIdle).toBe(false);
    await steps.end('b', new Error('broken'));
    expect(queue.isIdle).toBe(true);
  });
});

describe('KeyedSerialQueue', () => {
  it('lets work with the same key wait, and work with another key run', async () => {
    const steps = new Steps();
    const queue = new KeyedSerialQueue();
    for (const name of ['a1', 'a2', 'b1']) void queue.run(name.charAt(0), steps.work(name));
    await settle();
    expect(steps.begun).toEqual(['a1', 'b1']);
    await steps.end('a1');
    expect(steps.begun).toEqual(['a1', 'b1', 'a2']);
  });

  it('keeps the order of a key whose earlier work has ended while later work still waits', async () => {
    const steps = new Steps();
    const queue = new KeyedSerialQueue();
    void queue.run('a', steps.work('first'));
    void queue.run('a', steps.work('second'));
    await settle();
    await steps.end('first');
    void queue.run('a', steps.work('third'));
    await settle();
    expect(steps.begun).toEqual(['first', 'second']);
    await steps.end('second');
    expect(steps.begun).toEqual(['first', 'second', 'third']);
  });

  it('gives each caller its own value or error', async () => {
    const queue = new KeyedSerialQueue();
    const failing = queue.run('a', () => Promise.reject(new Error('broken')));
    const next = queue.run('a', () => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('done');
  });
});
