import { describe, expect, it } from 'vitest';
import { readRowCount } from './answerMessages.ts';

const countOf = (tag: string): number | null => {
  const bytes = Buffer.from(`before ${tag}\0`);
  return readRowCount(bytes, 'before '.length, bytes.length);
};

describe('readRowCount', () => {
  it.each([
    ['SELECT 12345', 12_345],
    ['INSERT 0 7', 7],
    ['UPDATE 0', 0],
    ['COPY 4294967296', 4_294_967_296],
    ['BEGIN', null],
    ['', null],
    ['5', null],
    ['CREATE TABLE X5', null],
  ])('of %j is %s', (tag, count) => {
    expect(countOf(tag)).toBe(count);
  });
});
