import { describe, expect, it } from 'vitest';
import { neverAborted } from '../../base/abort.ts';
import { Turnstile } from './Turnstile.ts';

describe('Turnstile', () => {
  it('lets one through at a time, in the order they came, also after a failure', async () => {
    const turnstile = new Turnstile();
    const seen: string[] = [];
    const visit = (name: string) =>
      turnstile.pass(neverAborted, async () => {
        seen.push(`${name} in`);
        await Promise.resolve();
        seen.push(`${name} out`);
        if (name === 'b') throw new Error('b fails');
      });
    await Promise.allSettled(['a', 'b', 'c'].map(visit));
    expect(seen).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
  });

  it('forgets who gives up while waiting', async () => {
    const turnstile = new Turnstile();
    const controller = new AbortController();
    let leave = () => undefined as unknown;
    const first = turnstile.pass(
      neverAborted,
      () =>
        new Promise<void>((resolve) => {
          leave = resolve;
        }),
    );
    let hasRun = false;
    const second = turnstile.pass(controller.signal, async () => {
      hasRun = true;
    });
    const third = turnstile.pass(neverAborted, async () => 'third');
    controller.abort();
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
    leave();
    await first;
    expect(await third).toBe('third');
    expect(hasRun).toBe(false);
  });
});
