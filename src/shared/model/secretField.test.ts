import { describe, expect, it } from 'vitest';
import { secretFields, secretText } from './secretField.ts';

describe('a secret that a person types', () => {
  const token = () => secretText('Token', { min: 2, max: 1_000 });
  const faultsOf = (value: string, of = token()) =>
    of.safeParse(value).error?.issues.map(({ message }) => message) ?? [];

  it.each([
    ['a', 'Token is shorter than 2 characters'],
    ['a'.repeat(1_001), 'Token is longer than 1,000 characters'],
    ['a\0b', 'Token contains a NUL character'],
    ['a\ud800', 'Token contains an invalid character'],
  ])('is refused with a reason that does not repeat it: %#', (value, message) => {
    expect(faultsOf(value)).toEqual([message]);
  });

  it('may be anything else, and is marked as a secret', () => {
    for (const value of ['ab', '😀😀', 'a'.repeat(1_000), ' \n']) expect(faultsOf(value)).toEqual([]);
    expect(faultsOf('', secretText('Token', { max: 1 }))).toEqual([]);
    expect(secretFields.get(token())).toEqual({ what: 'Token' });
  });
});
