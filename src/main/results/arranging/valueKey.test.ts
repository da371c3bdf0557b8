import { describe, expect, it } from 'vitest';
import type { ValueKind } from '../../../shared/model/results.ts';
import { keyRoomFor, writeValueKey } from './valueKey.ts';

function keyOf(kind: ValueKind, text: string): string {
  const bytes = Buffer.from(text);
  const target = Buffer.alloc(keyRoomFor(bytes.length));
  return target.toString('hex', 0, writeValueKey(kind, bytes, 0, bytes.length, target, 0));
}

/** The texts in the order of their keys, each group of equal ones joined. */
function ordered(kind: ValueKind, texts: readonly string[]): string[] {
  const groups = new Map<string, string[]>();
  for (const text of texts) {
    const key = keyOf(kind, text);
    groups.set(key, [...(groups.get(key) ?? []), text]);
  }
  return [...groups.keys()].sort().map((key) => (groups.get(key) ?? []).join(' '));
}

describe('writeValueKey', () => {
  it('orders whole numbers by value beyond what a floating-point number holds', () => {
    const numbers = [
      '10',
      '9',
      '100',
      '9007199254740993',
      '9007199254740992',
      '-1',
      '-9007199254740993',
      '0',
      '-9007199254740992',
    ];
    expect(ordered('integer', numbers)).toEqual(
      [...numbers].sort((left, right) => Number(BigInt(left) - BigInt(right))),
    );
  });

  it('orders decimals and floats by value, whatever way they are written', () => {
    const sorted = [
      ...[
        '-Infinity',
        '-1e+30',
        '-12345678901234567890.12345678901234567891',
        '-12345678901234567890.1234567890123456789',
      ],
      ...[
        '-1.01',
        '-1 -1.0 -1.00',
        '-0.5',
        '-1e-7',
        '0 -0 0.000 0e5',
        '1e-7 0.0000001',
        '0.05',
        '0.5 .5 5e-1 0.50',
      ],
      ...[
        '1',
        '1.01',
        '1.1 1.10',
        '10 1e1 1E+1 10.',
        '11',
        '99.99',
        '100',
        '12345678901234567890.12345678901234567890',
      ],
      ...['1e+300', 'Infinity', 'NaN', 'abc'],
    ];
    expect(ordered('decimal', sorted.flatMap((group) => group.split(' ')).reverse())).toEqual(
      sorted.map((group) => group.split(' ').reverse().join(' ')),
    );
  });

  it('agrees with exact arithmetic on any two numbers', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const scaled = Array.from({ length: 600 }, () => {
      const digits = Array.from({ length: 1 + random(25) }, () => random(10)).join('');
      const value = BigInt(digits) * (random(2) === 0 ? 1n : -1n) * 10n ** BigInt(random(12));
      const text = String(value < 0n ? -value : value).padStart(11, '0');
      return { value, text: `${value < 0n ? '-' : ''}${text.slice(0, -10)}.${text.slice(-10)}` };
    });
    const byKey = scaled
      .map(({ value, text }) => ({ value, key: keyOf('decimal', text) }))
      .sort((left, right) => (left.key < right.key ? -1 : 1));
    for (const [index, { value }] of byKey.entries())
      expect(value >= (byKey[index - 1]?.value ?? value)).toBe(true);
  });

  it('orders dates and timestamps by time: BC, years of five digits, zones, infinity', () => {
    const dates = [
      '-infinity',
      '4713-11-24 BC',
      '0044-03-15 BC',
      '0001-12-31 BC',
      '0001-01-01',
      '1969-12-31',
      '1970-01-01',
      '9999-12-31',
      '12000-12-12',
      '5874897-12-31',
      'infinity',
      'never',
    ];
    expect(ordered('date', [...dates].reverse())).toEqual(dates);
    const stamps = [
      ...['-infinity', '0001-01-01 00:09:21+00:09:21 BC', '2024-01-01 00:00:00+02', '2024-01-01 00:00:00+01'],
      ...[
        '2024-01-01 00:00:00.000001+01',
        '2024-01-01 00:00:00.1+01',
        '2024-01-01 00:00:00+00',
        '2024-01-01 00:00:00-05:30',
      ],
      ...['294276-12-31 23:59:59.999999+00', 'infinity'],
    ];
    expect(ordered('timestamp', [...stamps].reverse())).toEqual(stamps);
    expect(keyOf('timestamp', '2024-03-31 12:00:00+02')).toBe(keyOf('timestamp', '2024-03-31 10:00:00+00'));
    const incomplete = [
      '0000-00-00',
      '2023-12-31',
      '2024-00-00',
      '2024-01-01',
      '2024-01-31 23:59:59',
      '2024-02-00',
      '2024-02-01',
    ];
    expect(ordered('date', [...incomplete].reverse())).toEqual(incomplete);
  });

  it('orders times and lengths of time', () => {
    const times = [
      '-838:59:59',
      '-00:00:00.5',
      '00:00:00',
      '00:00:00.000001',
      '09:00:00',
      '10:00:00',
      '24:00:00',
      '100:00:00',
    ];
    expect(ordered('time', [...times].reverse())).toEqual(times);
    const intervals = [
      '-1 years',
      '-1 mons',
      '-2 days +03:04:05',
      '-00:00:01',
      '00:00:00',
      '00:00:00.000001',
      '1 day',
      '29 days 23:59:59',
      '1 mon -2 days +48:00:00.000006',
      '1 year 2 mons',
    ];
    expect(ordered('interval', [...intervals].reverse())).toEqual(intervals);
  });

  it('orders text by code point, also beyond the first plane, and a text behind its beginning', () => {
    const texts = ['', '\u0000', '\u0000a', 'A', 'Z', 'a', 'a\u0000', 'aa', 'ab', 'é', '\uffee', '😀'];
    expect(ordered('text', [...texts].reverse())).toEqual(texts);
  });
});
