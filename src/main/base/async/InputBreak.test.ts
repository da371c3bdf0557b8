import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
import { neverAborted } from '../abort.ts';
import { InputBreak } from './InputBreak.ts';

/** Inputs at these times. @returns from when rows flow, of somebody who asks at 10 ms */
async function flowsAt(inputsMs: readonly number[]): Promise<number> {
  const clock = new FakeClock();
  const inputBreak = new InputBreak(clock);
  let isOver = false;
  for (let now = 0; now < 1_000; now += 5) {
    if (inputsMs.includes(now)) inputBreak.begin();
    if (now === 10) {
      void inputBreak.over(neverAborted).then(() => {
        isOver = true;
      });
    }
    await settle();
    if (isOver) return now;
    await clock.advance(5);
  }
  throw new Error('Rows rest for ever.');
}

describe('InputBreak', () => {
  it('holds no rows back while nobody does anything', async () => {
    expect(await flowsAt([])).toBe(10);
  });

  it('lets rows rest for 100 ms after a key', async () => {
    expect(await flowsAt([0])).toBe(100);
  });

  it('lets rows come between the keys of a quick hand, after the last one is drawn', async () => {
    expect(await flowsAt([0, 90, 180, 270])).toBe(130);
  });

  it('lets rows come while a key is held down', async () => {
    const repeated = Array.from({ length: 40 }, (_, index) => index * 25);
    expect(await flowsAt(repeated)).toBe(210);
  });

  it('gives rows a short turn between two breaks', async () => {
    const clock = new FakeClock();
    const inputBreak = new InputBreak(clock);
    const isOver = async () => {
      let isDone = false;
      void inputBreak.over(neverAborted).then(() => {
        isDone = true;
      });
      await settle();
      return isDone;
    };
    inputBreak.begin();
    await clock.advance(90);
    inputBreak.begin();
    expect(await isOver()).toBe(false);
    await clock.advance(100);
    inputBreak.begin();
    expect(await isOver()).toBe(true);
    await clock.advance(10);
    expect(await isOver()).toBe(false);
  });
});
