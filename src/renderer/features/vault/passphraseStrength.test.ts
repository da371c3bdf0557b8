import { describe, expect, it } from 'vitest';
import { rateStrength } from './passphraseStrength.ts';

/** From here on the window gives no warning. */
const strongScore = 3;

describe('the strength of a passphrase', () => {
  it.each(['password1', 'p4$$w0rd!', 'qwertyuiop', 'Margaret1987', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'])(
    'warns about %s, and says why',
    async (passphrase) => {
      const { score, advice } = await rateStrength(passphrase);
      expect(score).toBeLessThan(strongScore);
      expect(advice).not.toBe('');
    },
  );

  it.each(['seven unrelated harbour cranes', 'bK7#vq!Tz2&m', 'drei traurige Matrosen zählen Tau'])(
    'is content with %s',
    async (passphrase) => {
      expect((await rateStrength(passphrase)).score).toBeGreaterThanOrEqual(strongScore);
    },
  );
});
