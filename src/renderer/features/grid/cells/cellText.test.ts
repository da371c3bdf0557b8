import { describe, expect, it } from 'vitest';
import { cellPieces, drawnText, isPlain } from './cellText.ts';

/** Marks in brackets. */
const shown = (text: string): string =>
  cellPieces(text)
    .map((piece) => (piece.isMark ? `[${piece.text}]` : piece.text))
    .join('');

describe('cellText', () => {
  it.each(['Zürich €', 'a b c', '日本', '👩‍🚀', '\\N', 'NULL'])('shows %s as it is', (text) => {
    expect(shown(text)).toBe(text);
  });

  it('knows a plain text, which most are', () => {
    expect(isPlain('Hello, world')).toBe(true);
    for (const text of [' a', 'a ', ' ', 'a\nb', 'a\u00a0b', '\u200b']) expect(isPlain(text)).toBe(false);
  });

  it('marks blanks at the ends, and a text of nothing but blanks', () => {
    expect(shown('  a b ')).toBe('[··]a b[·]');
    expect(shown(' ')).toBe('[·]');
  });

  it('keeps a text on one line', () => {
    expect(shown('1\n2\r\n3\t4')).toBe('1[⏎]2[⏎]3[⇥]4');
  });

  it('shows control characters, and letters that nobody sees', () => {
    expect(shown('a\u0000b\u001b\u007f')).toBe('a[⟨U+0000⟩]b[⟨U+001B⟩][⟨U+007F⟩]');
    expect(shown('a\u200bb\u00a0c')).toBe('a[⟨U+200B⟩]b[⍽]c');
    expect(shown('\u202eabc')).toBe('[⟨U+202E⟩]abc');
  });

  it('draws the beginning of a long text, never half a character', () => {
    expect(shown('x'.repeat(1_000))).toBe(`${'x'.repeat(300)}[…]`);
    expect(drawnText('😀'.repeat(400))).toBe(`${'😀'.repeat(300)}…`);
  });

  it('does not call a blank the end of a text that goes on', () => {
    expect(shown(`${'x'.repeat(299)} ${'y'.repeat(300)}`)).toBe(`${'x'.repeat(299)} […]`);
  });
});
