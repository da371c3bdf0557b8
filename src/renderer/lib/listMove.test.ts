import { describe, expect, it } from 'vitest';
import { listMove } from './listMove.ts';

describe('listMove', () => {
  it.each([
    ['ArrowDown', 3, 4],
    ['ArrowUp', 3, 2],
    ['PageDown', 3, 9],
    ['PageDown', 1, 8],
    ['PageUp', 3, 0],
    ['Home', 3, 0],
    ['End', 3, 9],
    ['ArrowDown', 9, 9],
    ['ArrowUp', 0, 0],
    ['ArrowDown', -1, 0],
    ['ArrowUp', -1, 0],
  ])('goes with %s from %d to %d', (key, at, to) => {
    expect(listMove(key, at, 10, 7)).toBe(to);
  });

  it('leaves every other key alone', () => {
    expect(listMove('Enter', 3, 10, 7)).toBeNull();
    expect(listMove('a', 3, 10, 7)).toBeNull();
  });

  it('goes nowhere in an empty list', () => {
    expect(listMove('ArrowDown', -1, 0, 7)).toBe(-1);
  });
});
