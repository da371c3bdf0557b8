import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogicalType } from '../../../shared/model/columnTypes.ts';
import { postgresTypes } from './logicalTypes.ts';

const there = (type: LogicalType, declared: string, text: string) =>
  postgresTypes.toCanonical(type, declared)?.(text) ?? text;

function thereAndBack(declared: string, text: string): unknown {
  const type = postgresTypes.logical(declared);
  const canonical = there(type, declared, text);
  if (typeof canonical !== 'string') return canonical;
  return postgresTypes.fromCanonical(type, declared)?.(canonical) ?? canonical;
}

const padded = (value: number, length: number): string => String(value).padStart(length, '0');
const days = fc
  .record({
    year: fc.integer({ min: 1, max: 294_276 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    era: fc.constantFrom('', ' BC'),
  })
  .map(({ year, month, day, era }) => ({
    date: `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`,
    era,
  }));
const times = fc
  .record({ second: fc.integer({ min: 0, max: 86_399 }), micros: fc.integer({ min: 0, max: 999_999 }) })
  .map(({ second, micros }) => {
    const parts = [Math.floor(second / 3_600), Math.floor(second / 60) % 60, second % 60];
    const fraction = micros === 0 ? '' : `.${padded(micros, 6).replace(/0+$/, '')}`;
    return `${parts.map((part) => padded(part, 2)).join(':')}${fraction}`;
  });

describe('the types of PostgreSQL', () => {
  it('give dates and local times back as the server wrote them, whatever their year', () => {
    fc.assert(
      fc.property(days, times, ({ date, era }, time) => {
        expect(thereAndBack('date', `${date}${era}`)).toBe(`${date}${era}`);
        const text = `${date} ${time}${era}`;
        expect(thereAndBack('timestamp(6) without time zone', text)).toBe(text);
      }),
    );
    for (const text of ['infinity', '-infinity', '0001-12-31 BC', '5874897-12-31']) {
      expect(thereAndBack('date', text)).toBe(text);
    }
  });

  it('move moments to UTC exactly, whatever zone the session has', () => {
    const type = postgresTypes.logical('timestamp with time zone');
    const offsets = fc.integer({ min: -15 * 60 - 59, max: 15 * 60 + 59 });
    const moments = fc.integer({ min: -60_000_000_000_000, max: 250_000_000_000_000 });
    fc.assert(
      fc.property(moments, offsets, (ms, offset) => {
        const local = new Date(ms + offset * 60_000).toISOString().replace('T', ' ').replace('.000Z', '');
        fc.pre(/^\d{4}-/.test(local) && /^\d/.test(new Date(ms).toISOString()));
        const minutes = Math.abs(offset) % 60;
        const end = `${offset < 0 ? '-' : '+'}${padded(Math.floor(Math.abs(offset) / 60), 2)}`;
        const text = `${local.replace('Z', '')}${end}${minutes === 0 ? '' : `:${padded(minutes, 2)}`}`;
        const utc = new Date(ms).toISOString().replace('T', ' ').replace('.000Z', 'Z');
        expect(there(type, '', text)).toBe(utc);
      }),
    );
    expect(there(type, '', '1890-01-01 00:00:00.5+00:53:28')).toBe('1889-12-31 23:06:32.5Z');
    expect(there(type, '', '0001-01-01 00:00:00+01 BC')).toBe('-0001-12-31 23:00:00Z');
  });

  it('leave a text without the characters that the server does not take, and say so', () => {
    const type = postgresTypes.logical('text');
    expect(postgresTypes.fromCanonical(type, 'text')?.('a\0b')).toEqual({
      lost: 'characters of code 0',
      rest: 'ab',
    });
  });
});
