import { describe, expect, it } from 'vitest';
import { textParts } from './textParts.ts';

const lengthsOf = (parts: readonly string[]) => parts.map(({ length }) => length);

describe('the parts of a text', () => {
  it('end where lines end', () => {
    const text = `${'x'.repeat(99)}\n`.repeat(250);
    const parts = textParts(text, true);
    expect(parts.join('')).toBe(text);
    expect(parts.slice(0, -1).every((part) => part.endsWith('\n'))).toBe(true);
    expect(lengthsOf(parts)).toEqual([10_000, 10_000, 5_000]);
  });

  it('end in the midst of a long line only where lines are wrapped, and never in a character', () => {
    const text = `a${'😀'.repeat(10_000)}`;
    expect(textParts(text, false)).toEqual([text]);
    const parts = textParts(text, true);
    expect(parts.join('')).toBe(text);
    expect(lengthsOf(parts)).toEqual([10_001, 10_000]);
    expect(parts.every((part) => !/[\ud800-\udbff]$/.test(part))).toBe(true);
  });

  it('are one for a text that is short or empty', () => {
    expect(textParts('', true)).toEqual(['']);
    expect(textParts('a\nb\n', false)).toEqual(['a\nb\n']);
  });

  it('of a line that is long and ends late are that line, where lines are not wrapped', () => {
    const line = `${'x'.repeat(30_000)}\n`;
    expect(textParts(line + line, false)).toEqual([line, line]);
  });
});
