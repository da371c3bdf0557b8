import { describe, expect, it } from 'vitest';
import { type WindowMemory, windowMemorySchema } from './windowMemory.ts';
import { placeWindow } from './windowPlacement.ts';

const laptop = { x: 0, y: 25, width: 1_440, height: 875 };
const monitor = { x: 1_440, y: 0, width: 2_560, height: 1_440 };
const remembered: WindowMemory = {
  x: 1_700,
  y: 100,
  width: 1_600,
  height: 1_200,
  isMaximized: false,
  theme: 'system',
};

describe('placeWindow', () => {
  it('opens where the window was, on whichever display', () => {
    expect(placeWindow(remembered, [laptop, monitor])).toEqual({
      x: 1_700,
      y: 100,
      width: 1_600,
      height: 1_200,
      isMaximized: false,
    });
  });

  it('centres the window on the display that is left when its own was unplugged, still maximised', () => {
    const placement = placeWindow({ ...remembered, isMaximized: true }, [laptop]);
    expect(placement).toEqual({ width: 1_280, height: 800, isMaximized: true });
  });

  it.each([
    ['above the display', { y: -200 }],
    ['below it but for a few pixels', { y: 880 }],
    ['beside it but for a few pixels', { x: 1_400 }],
  ])('does not open where nobody can take hold of it: %s', (_where, moved) => {
    expect(placeWindow({ ...remembered, x: 0, y: 30, ...moved }, [laptop])).not.toHaveProperty('x');
  });

  it('shrinks to the display but never below what the views need', () => {
    expect(placeWindow({ ...remembered, x: 0, y: 30 }, [laptop])).toMatchObject({
      width: 1_440,
      height: 875,
    });
    expect(placeWindow(null, [{ x: 0, y: 0, width: 800, height: 560 }])).toMatchObject({
      width: 900,
      height: 600,
    });
  });
});

describe('windowMemorySchema', () => {
  it.each([
    ['a window that is too small to use', { width: 10 }],
    ['a coordinate that no display has', { x: 1e9 }],
    ['a fraction', { y: 0.5 }],
    ['a foreign key', { url: 'https://example.com' }],
    ['an unknown theme', { theme: 'pink' }],
  ])('does not believe a file that holds %s', (_what, change) => {
    expect(windowMemorySchema.safeParse(remembered).success).toBe(true);
    expect(windowMemorySchema.safeParse({ ...remembered, ...change }).success).toBe(false);
  });
});
