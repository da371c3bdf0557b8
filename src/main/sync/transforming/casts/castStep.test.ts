import { describe, expect, it } from 'vitest';
import type { LogicalType } from '../../../../shared/model/columnTypes.ts';
import { castStep } from './castStep.ts';

const text: LogicalType = { type: 'text', length: null };
const integer = (bits: 8 | 32 | 64): LogicalType => ({ type: 'integer', bits, isUnsigned: false });
const decimal = (precision: number | null, scale: number | null): LogicalType => ({
  type: 'decimal',
  precision,
  scale,
});
const timestamp = (isZoned: boolean, digits = 6): LogicalType => ({ type: 'timestamp', digits, isZoned });

function cast(value: string, from: LogicalType, to: LogicalType): unknown {
  const step = castStep(from, to);
  return typeof step === 'function' ? step(value) : (step ?? value);
}
const refusal = (words: string) => ({ refused: expect.stringContaining(words) });

describe('Casts', () => {
  it('keep all digits of numbers, and refuse what would lose some', () => {
    expect(cast('9007199254740993', integer(64), decimal(20, 0))).toBe('9007199254740993');
    expect(cast(' +007 ', text, integer(32))).toBe('7');
    expect(cast('3.00', decimal(5, 2), integer(32))).toBe('3');
    expect(cast('3.7', decimal(5, 2), integer(32))).toEqual(refusal('has digits behind the point'));
    expect(cast('128', integer(32), integer(8))).toEqual(refusal('is not between -128 and 127'));
    expect(cast('1e3', text, integer(32))).toBe('1000');
    expect(cast('1.10', text, decimal(4, 1))).toBe('1.1');
    expect(cast('1.15', text, decimal(4, 1))).toEqual(refusal('more than 1 digits behind the point'));
    expect(cast('1000', text, decimal(4, 1))).toEqual(refusal('more than 3 digits before the point'));
    expect(cast('six', text, decimal(null, null))).toEqual(refusal('“six” is no number'));
  });

  it('take moments apart without shifting them', () => {
    expect(cast('2024-05-06 23:30:00Z', timestamp(true), { type: 'date' })).toBe('2024-05-06');
    expect(cast('2024-05-06', { type: 'date' }, timestamp(true))).toBe('2024-05-06 00:00:00Z');
    expect(cast('2024-05-06T12:00:00+02:00', text, timestamp(true))).toBe('2024-05-06 10:00:00Z');
    expect(cast('2024-05-06 12:00:00.123456', timestamp(false), timestamp(false, 3))).toBe(
      '2024-05-06 12:00:00.123',
    );
    expect(cast('2024-02-30', text, { type: 'date' })).toEqual(refusal('is no date'));
    expect(cast('0000-00-00', text, { type: 'date' })).toEqual(refusal('is no date'));
    expect(cast('-infinity', timestamp(true), { type: 'date' })).toBe('-infinity');
  });

  it('refuse texts that are too long, and never cut one', () => {
    expect(cast('😀😀', text, { type: 'text', length: 2 })).toBe('😀😀');
    expect(cast('abc', text, { type: 'text', length: 2 })).toEqual(refusal('longer than 2 characters'));
  });

  it('know what can never be', () => {
    expect(castStep({ type: 'json' }, integer(32))).toBe('impossible');
    expect(castStep({ type: 'date' }, { type: 'boolean' })).toBe('impossible');
  });

  it('make other types of text, and JSON of all', () => {
    expect(cast('YES', text, { type: 'boolean' })).toBe('true');
    expect(cast('{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}', text, { type: 'uuid' })).toBe(
      'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
    );
    expect(cast('{"a":9007199254740993}', text, { type: 'json' })).toBe('{"a":9007199254740993}');
    expect(cast('{a}', text, { type: 'json' })).toEqual(refusal('is no JSON'));
    expect(cast('2024-05-06', { type: 'date' }, { type: 'json' })).toBe('"2024-05-06"');
  });
});
