import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { watchInput } from './watchInput.ts';

function watch(): { input: (type: string) => void; toldCount: () => number } {
  const emitter = new EventEmitter();
  let toldCount = 0;
  watchInput(emitter, () => {
    toldCount += 1;
  });
  return {
    input: (type) => void emitter.emit('input-event', {}, { type }),
    toldCount: () => toldCount,
  };
}

describe('watchInput', () => {
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
});
