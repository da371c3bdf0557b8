import { describe, expect, it } from 'vitest';
import { withoutSecret } from './serverWords.ts';

describe('withoutSecret', () => {
  it('takes every occurrence out, also of a secret that looks like a pattern', () => {
    expect(withoutSecret('a $& b $& c', '$&')).toBe('a ••• b ••• c');
  });
});
