import { describe, expect, it } from 'vitest';
import { firstCharacters } from './characters.ts';

describe('characters', () => {
  it.each([
    ['😀😀', 1, '😀'],
    ['y😀', 1, 'y'],
    ['y😀z', 2, 'y😀'],
    ['short', 10, 'short'],
    ['😀😀', 2, '😀😀'],
    ['😀😀', 3, '😀😀'],
    ['', 3, ''],
    ['\ud800\udc00x', 1, '\ud800\udc00'],
    ['\ud83f\udfffx', 1, '\ud83f\udfff'],
    ['y\ue000', 1, 'y'],
  ])('of %j the first %i are %j, never half of one', (text, count, expected) => {
    expect(firstCharacters(text, count)).toBe(expected);
  });
});
