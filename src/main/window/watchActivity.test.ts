import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { watchActivity } from './watchActivity.ts';

function watch(): { clock: FakeClock; input: (type: string) => void; toldCount: () => number } {
  const emitter = new EventEmitter();
  const clock = new FakeClock();
  let toldCount = 0;
  watchActivity(emitter, clock, () => {
    toldCount += 1;
  });
  return {
    clock,
    input: (type) => void emitter.emit('input-event', {}, { type }),
    toldCount: () => toldCount,
  };
}

describe('watchActivity', () => {
  it.each(['rawKeyDown', 'keyDown', 'mouseDown', 'mouseWheel', 'touchStart'])('takes %s for use', (type) => {
    const { input, toldCount } = watch();
    input(type);
    expect(toldCount()).toBe(1);
  });

  it.each(['mouseMove', 'mouseEnter', 'mouseLeave', 'keyUp', 'undefined'])(
    'does not take %s for use',
    (type) => {
      const { input, toldCount } = watch();
      input(type);
      expect(toldCount()).toBe(0);
    },
  );

  it('tells at most once a second', async () => {
    const { clock, input, toldCount } = watch();
    for (let count = 0; count < 50; count += 1) {
      input('keyDown');
      await clock.advance(100);
    }
    expect(toldCount()).toBe(5);
  });
});
