import { describe, expect, it } from 'vitest';
import { addressText } from './dataSourceText.ts';
import { formatDuration, plural, secondsText } from './format.ts';

describe('formatDuration', () => {
  it.each([
    [0, '0.0 ms'],
    [0.42, '0.4 ms'],
    [9.96, '10.0 ms'],
    [38.4, '38 ms'],
    [999.6, '1.0 s'],
    [1_234, '1.2 s'],
    [59_990, '1 min 0 s'],
    [125_000, '2 min 5 s'],
  ])('reads %d ms as %s', (durationMs, text) => expect(formatDuration(durationMs)).toBe(text));
});

describe('the small words', () => {
  it('fit the number', () => {
    expect([plural(0, 'row', 'rows'), plural(1, 'row', 'rows'), plural(1_234, 'row', 'rows')]).toEqual([
      '0 rows',
      '1 row',
      '1,234 rows',
    ]);
  });

  it('keep fractions of a second in a setting', () => {
    expect([secondsText(30_000), secondsText(250)]).toEqual(['30', '0.25']);
  });

  it('put an IPv6 address in brackets, once', () => {
    const endpoint = { port: 5432, database: 'shop' };
    expect(addressText({ ...endpoint, host: '::1' })).toBe('[::1]:5432/shop');
    expect(addressText({ ...endpoint, host: '[::1]' })).toBe('[::1]:5432/shop');
    expect(addressText({ ...endpoint, host: 'db' })).toBe('db:5432/shop');
  });
});
