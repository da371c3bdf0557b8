import { describe, expect, it } from 'vitest';
import { readCompletion } from './answerMessages.ts';

const countOf = (tag: string): number | null => {
  const bytes = Buffer.from(`before ${tag}\0`);
  return readCompletion(bytes, 'before '.length, bytes.length).rowCount;
};

describe('readCompletion', () => {
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

  it.each([
    ['INSERT 0 7', 'INSERT'],
    ['SELECT 5', 'SELECT'],
    ['BEGIN', 'BEGIN'],
    ['', ''],
  ])('reads the command of %j', (tag, command) => {
    const bytes = Buffer.from(`before ${tag}\0`);
    expect(readCompletion(bytes, 'before '.length, bytes.length).command).toBe(command);
  });
});
