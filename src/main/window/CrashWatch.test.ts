import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { CrashWatch } from './CrashWatch.ts';

describe('CrashWatch', () => {
  it('loads the page again once, but asks when it dies again within a minute', async () => {
    const clock = new FakeClock();
    const watch = new CrashWatch(clock);
    expect(watch.crashed()).toBe('reload');
    await clock.advance(59_999);
    expect(watch.crashed()).toBe('ask');
    await clock.advance(60_000);
    expect(watch.crashed()).toBe('reload');
  });
});
