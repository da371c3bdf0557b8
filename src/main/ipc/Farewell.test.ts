import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/FakeClock.ts';
import { Farewell } from './Farewell.ts';

function prepare(isHeard: boolean) {
  const clock = new FakeClock();
  let toldCount = 0;
  let isOver = false;
  const farewell = new Farewell({
    isHeard: () => isHeard,
    tell: () => {
      toldCount += 1;
    },
    clock,
  });
  const taken = farewell.take().then(() => {
    isOver = true;
  });
  return { clock, farewell, taken, told: () => toldCount, isOver: () => isOver };
}

describe('Farewell', () => {
  it('waits until the page has handed over what it keeps', async () => {
    const { clock, farewell, taken, told, isOver } = prepare(true);
    await settle();
    expect([told(), isOver()]).toEqual([1, false]);
    farewell.over();
    await taken;
    expect(clock.pendingCount).toBe(0);
  });

  it('waits half a second for a page that does not answer, and not at all when there is none', async () => {
    const { clock, isOver } = prepare(true);
    await clock.advance(499);
    expect(isOver()).toBe(false);
    await clock.advance(1);
    expect(isOver()).toBe(true);
    const without = prepare(false);
    await without.taken;
    expect(without.told()).toBe(0);
  });
});
