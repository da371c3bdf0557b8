import { describe, expect, it } from 'vitest';
import { syntaxPosition } from './syntaxPosition.ts';

const words = (quoted: string, line: number) =>
  `You have an error in your SQL syntax; check the manual for the right syntax to use near '${quoted}' at line ${line}`;

describe('syntaxPosition', () => {
  it.each([
    ['SELECT 1;\n', '', 1, 8],
    ['SELEC 1', 'SELEC 1', 1, 0],
    ["SELECT 'a' FORM t", 'FORM t', 1, 11],
    ['SELECT x\nFROM t\nWHER x', 'x', 3, 21],
    ['\n\n  SELECT 1\nFORM t', 'FORM t', 2, 13],
    ['SELECT 😀', '😀', 1, 7],
  ])('of %j near %j in line %i is %i', (text, quoted, line, position) => {
    expect(syntaxPosition(words(quoted, line), text)).toBe(position);
  });

  it('takes the first place on the line when the quotation was cut short', () => {
    const rest = `FORM t ${'x'.repeat(100)}`;
    expect(syntaxPosition(words(rest.slice(0, 80), 2), `SELECT 1\n${rest}`)).toBe(9);
  });

  it('is found at once in a statement with a long run of blanks', () => {
    const text = `SELECT 1${' '.repeat(500_000)}FORM t`;
    expect(syntaxPosition(words('FORM t', 1), text)).toBe(text.indexOf('FORM'));
  });

  it('is null for words without a place', () => {
    expect(syntaxPosition('Something is wrong', 'SELECT 1')).toBeNull();
    expect(syntaxPosition(words('x', 9), 'SELECT 1')).toBeNull();
  });
});
