import { describe, expect, it } from 'vitest';
import { saslprep } from './saslprep.ts';

describe('saslprep', () => {
  it.each([
    ['plain ASCII', 'pass word!', 'pass word!'],
    ['ASCII control characters', 'a\u0007b', 'a\u0007b'],
    ['a no-break space', 'pass\u00a0word', 'pass word'],
    ['a soft hyphen', 'I\u00adX', 'IX'],
    ['a decomposed letter', 'cafe\u0301', 'caf\u00e9'],
    ['a fraction', '\u00bdpw', '1\u20442pw'],
    ['a superscript', 'x\u00b2', 'x2'],
    ['a ligature', '\ufb01', 'fi'],
    ['a variation selector', 'a\ufe0fé', 'aé'],
    ['letters from right to left', 'סיסמה', 'סיסמה'],
  ])('maps and normalizes %s', (_what, password, prepared) => {
    expect(saslprep(password)).toBe(prepared);
  });

  it.each([
    ['younger than Unicode 3.2', 'x²🙂'],
    ['younger than Unicode 3.2, beside a joiner', '👩‍💻secret'],
    ['younger than Unicode 3.2, beside a ligature', 'ﬁ🙂'],
    ['for private use', 'é\ue000'],
    ['of control', 'é\u0085²'],
    ['from right to left, among letters from left to right', 'אb²'],
    ['from right to left, and does not end so', 'סיסמה²1'],
    ['mapped to nothing, and nothing else', '\u00ad'],
  ])('uses a password with a character %s as it is', (_what, password) => {
    expect(saslprep(password)).toBe(password);
  });
});
