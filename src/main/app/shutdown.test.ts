import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { silentLogger } from '../observability/Logger.ts';
import { shutDown } from './shutdown.ts';

describe('shutDown', () => {
  it('runs the steps in order and goes on after one that fails or hangs', async () => {
    const clock = new FakeClock();
    const ran: string[] = [];
    const steps = [
      { name: 'pools', limitMs: 2_000, run: () => new Promise<void>(() => ran.push('pools')) },
      {
        name: 'demo',
        limitMs: 2_000,
        run: () => {
          ran.push('demo');
          throw new Error('no such process');
        },
      },
      { name: 'store', limitMs: 500, run: () => void ran.push('store') },
    ];
    const done = shutDown(steps, clock, silentLogger);
    await clock.advance(1_999);
    expect(ran).toEqual(['pools']);
    await clock.advance(1);
    await done;
    expect(ran).toEqual(['pools', 'demo', 'store']);
    expect(clock.pendingCount).toBe(0);
  });
});
