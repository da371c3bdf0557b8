import { describe, expect, it } from 'vitest';
import { invisibleCharacter, trimmedText, unusualBlankCharacter } from './visibleText.ts';

describe('a text that was pasted', () => {
  it.each([
    ['  db \n', 'db'],
    ['\ufeff\u200bdb\u200b', 'db'],
    ['\u202edb\u0000', 'db'],
    ['a \u200b b', 'a \u200b b'],
    [' \u200b ', ''],
    ['', ''],
    ['x', 'x'],
  ])('%j loses what nobody sees at its ends, and nothing inside: %j', (text, trimmed) => {
    expect(trimmedText(text)).toBe(trimmed);
  });
});

describe('a character that misleads', () => {
  it('is named by its code point', () => {
    expect(invisibleCharacter('a\u200bb\ufeff')).toBe('U+200B');
    expect(invisibleCharacter('a\u00adb')).toBe('U+00AD');
    expect(unusualBlankCharacter('a\u00a0b')).toBe('U+00A0');
    expect(unusualBlankCharacter('a\u3000b')).toBe('U+3000');
  });

  it('is neither a blank nor a joiner', () => {
    expect(invisibleCharacter('a b\u200d\ufe0f')).toBe(null);
    expect(unusualBlankCharacter('a b\t')).toBe(null);
  });
});
