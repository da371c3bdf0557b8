import { describe, expect, it } from 'vitest';
import { formatAge, formatBytes, formatDuration, formatSince, plural, secondsText } from './format.ts';

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

describe('formatAge', () => {
  const dayMs = 86_400_000;
  it.each([
    [-1, 'today'],
    [0.9, 'today'],
    [1, 'yesterday'],
    [3, '3 days ago'],
    [59, '59 days ago'],
    [61, '2 months ago'],
    [400, '13 months ago'],
    [731, '2 years ago'],
  ])('reads %d days as %s', (days, text) => expect(formatAge(0, days * dayMs)).toBe(text));
});

describe('formatSince', () => {
  it.each([
    [-5, 'now'],
    [0.9, 'now'],
    [12, '12 sec ago'],
    [61, '1 min ago'],
    [3_599, '59 min ago'],
    [7_300, '2 hr ago'],
    [90_000, 'yesterday'],
  ])('reads %d seconds as %s', (seconds, text) => expect(formatSince(0, seconds * 1_000)).toBe(text));
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1_023, '1,023 B'],
    [1_024, '1 kB'],
    [1_536, '1.5 kB'],
    [16_777_216, '16 MB'],
    [1_288_490_189, '1.2 GB'],
    [2 ** 70, '1,048,576 PB'],
  ])('reads %d bytes as %s', (count, text) => expect(formatBytes(count)).toBe(text));
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
});
