import { expect, it } from 'vitest';
import { textSlices } from './textSlices.ts';

it.each([
  ['', 2, []],
  ['abc', 2, ['ab', 'c']],
  ['abcd', 4, ['abcd']],
  ['a😀b😀', 2, ['a😀', 'b😀']],
  ['😀😀', 1, ['😀', '😀']],
  ['a\ud800', 2, ['a\ud800']],
])('cuts %j after %i units, but no character', (text, length, slices) => {
  expect([...textSlices(text, length)]).toEqual(slices);
});
