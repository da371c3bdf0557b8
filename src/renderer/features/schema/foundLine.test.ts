import { describe, expect, it } from 'vitest';
import { lineIndex } from './foundLine.ts';

const definition = ['CREATE FUNCTION f()', 'BEGIN', '  SELECT a;', '  SELECT b;', '  SELECT a;', 'END'];

describe('the line of a definition that was found', () => {
  it('is the one with its text, also where the definition has a head that was not searched', () => {
    expect(lineIndex(definition, { text: 'SELECT b;', line: 3 })).toBe(3);
  });

  it('is, of several that are alike, the first that does not stand too high', () => {
    expect(lineIndex(definition, { text: 'SELECT a;', line: 2 })).toBe(2);
    expect(lineIndex(definition, { text: 'SELECT a;', line: 4 })).toBe(4);
  });

  it('is none when the definition says it in other words', () => {
    expect(lineIndex(definition, { text: 'SELECT c;', line: 1 })).toBe(-1);
  });
});
