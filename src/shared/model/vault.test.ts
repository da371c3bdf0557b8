import { describe, expect, it } from 'vitest';
import { newPassphraseSchema, passphraseSchema } from './vault.ts';

describe('a passphrase', () => {
  it('has at least eight characters when it is chosen, and any when it is asked for', () => {
    expect(newPassphraseSchema.safeParse('1234567').success).toBe(false);
    expect(newPassphraseSchema.safeParse('12345678').success).toBe(true);
    expect(passphraseSchema.safeParse('').success).toBe(false);
    expect(passphraseSchema.safeParse('1').success).toBe(true);
  });

  it('has no character that is lost on the way', () => {
    for (const text of ['a\0bcdefgh', '\ud83dabcdefgh', 'abcdefgh\ude00']) {
      expect(newPassphraseSchema.safeParse(text).success).toBe(false);
    }
    expect(newPassphraseSchema.safeParse('12345678😀').success).toBe(true);
  });
});
