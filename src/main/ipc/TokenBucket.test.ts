import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { TokenBucket } from './TokenBucket.ts';

function takeAll(bucket: TokenBucket): number {
  let count = 0;
  while (count < 10_000 && bucket.tryTake()) count += 1;
  return count;
}

describe('TokenBucket', () => {
  it('lets a burst pass and then only the steady rate, however long it rested before', async () => {
    const clock = new FakeClock();
    const bucket = new TokenBucket(clock, { burstCount: 400, perSecondCount: 200 });
    await clock.advance(3_600_000);
    expect(takeAll(bucket)).toBe(400);
    await clock.advance(500);
    expect(takeAll(bucket)).toBe(100);
    await clock.advance(4);
    expect(takeAll(bucket)).toBe(0);
    await clock.advance(1);
    expect(takeAll(bucket)).toBe(1);
  });
});
