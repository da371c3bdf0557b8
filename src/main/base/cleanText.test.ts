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

  it.each([
    ['a colour', 'a\u001b[1;31mb\u001b[0mc', 'abc'],
    ['a cursor movement with a parameter of its own', 'a\u001b[?25lb', 'ab'],
    ['a title, ended by an escape', 'a\u001b]0;title\u001b\\b', 'ab'],
    ['a title without an end', 'a\u001b]0;title', 'a'],
    ['an escape of two characters', 'a\u001bMb\u001b_c', 'abc'],
    ['several line breaks at once', 'a\r\n\t\u0085\u2028\u2029b', 'a b'],
    ['control characters', 'a\u0000\u001f\u007f\u009fb', 'ab'],
    ['direction marks', 'a\u061c\u200e\u200f\u202a\u202e\u2066\u2069b', 'ab'],
    ['space around it', ' \n a b \t', 'a b'],
    ['nothing of ordinary text', 'a [31m b', 'a [31m b'],
  ])('takes out %s', (_, text, clean) => {
    expect(cleanText(text, 100)).toBe(clean);
  });

  it('leaves what fits, and looks for text behind escapes as far as four times the length', () => {
    expect(cleanText('x'.repeat(10), 10)).toBe('x'.repeat(10));
    expect(cleanText(`${'\u001b[31m'.repeat(7)}abcdefgh`, 10)).toBe('abcde');
  });

  it('never lets a control character or a direction mark through, whatever a server sends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cleanText(text, 200)).toMatch(/^[^\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]{0,200}$/u);
      }),
    );
  });
});
