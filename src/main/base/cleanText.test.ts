import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from './cleanText.ts';

describe('cleanText', () => {
  it.each([
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]0;title\u0007after', 'after'],
    ['line one\r\n\tline two', 'line one line two'],
    ['a\0b\u0007c\u009b31m', 'abc31m'],
    ['abc\u202edef\u2066', 'abcdef'],
    ['half \ud83d', 'half \ufffd'],
  ])('makes %j fit to show', (text, clean) => {
    expect(cleanText(text, 100)).toBe(clean);
  });

  it('cuts long text without cutting a character in half', () => {
    expect(cleanText(`${'x'.repeat(8)}📈${'y'.repeat(9)}`, 10)).toBe(`${'x'.repeat(8)}\ufffd…`);
    expect(cleanText('x'.repeat(11), 10)).toBe(`${'x'.repeat(9)}…`);
  });

  it('never lets a control character or a direction mark through, whatever a server sends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cleanText(text, 200)).toMatch(/^[^\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]{0,200}$/u);
      }),
    );
  });
});
