import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restTypes } from './logicalTypes.ts';

const read = (declared: string, text: string): unknown =>
  restTypes.toCanonical(restTypes.logical(declared), declared)?.(text) ?? text;

/** A number of JSON with an exponent, and the same without, by moving its point. */
const numbers = fc.record({
  sign: fc.constantFrom('', '-'),
  digits: fc.bigInt({ min: 1n, max: 10n ** 40n }),
  point: fc.integer({ min: 0, max: 30 }),
  exponent: fc.integer({ min: -60, max: 60 }),
});

/** So many digits behind the point, as one whole number. */
function scaled(text: string, scale: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
}

describe('the types of resources', () => {
  it('write numbers out, with all their digits', () => {
    fc.assert(
      fc.property(numbers, ({ sign, digits, point, exponent }) => {
        const all = digits.toString().padStart(point + 1, '0');
        const mantissa = `${all.slice(0, all.length - point)}${point === 0 ? '' : `.${all.slice(-point)}`}`;
        const written = read('numeric', `${sign}${mantissa}e${exponent}`);
        expect(written).toMatch(/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/);
        const value = BigInt(`${sign}${digits}`) * 10n ** BigInt(100 + exponent - point);
        expect(scaled(String(written), 100)).toBe(value);
      }),
    );
    expect(read('integer', '1.50e2')).toBe('150');
    expect(read('bigint', '9007199254740993')).toBe('9007199254740993');
    expect(read('numeric', '1e999999999')).toBe('1e999999999');
  });

  it('bring moments to UTC, and leave what is none for the destination to refuse', () => {
    expect(read('timestamp', '2024-05-06T01:30+02:00')).toBe('2024-05-05 23:30:00Z');
    expect(read('timestamp', '2024-05-06 12:00:00.25')).toBe('2024-05-06 12:00:00.25Z');
    expect(read('timestamp', '2024-05-06T12:00:00.1234560Z')).toBe('2024-05-06 12:00:00.123456Z');
    for (const text of ['2024-02-30T00:00:00Z', 'yesterday', '2024-05-06T25:00:00Z']) {
      expect(read('timestamp', text)).toBe(text);
    }
  });
});
