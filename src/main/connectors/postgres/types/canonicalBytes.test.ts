import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { converterBytes } from '../../converterBytes.ts';
import { postgresTypes } from '../logicalTypes.ts';

const declared = [
  'boolean',
  'bytea',
  'date',
  'timestamp without time zone',
  'timestamp(3) with time zone',
] as const;

/** The canonical form by the bytes of a value; null for one that is left to the converter of texts. */
function byBytes(type: string, text: string): string | null {
  const bytes = Buffer.from(`before${text}behind`);
  const to = bytes.length - 'behind'.length;
  const target = Buffer.alloc(bytes.length + converterBytes, '.');
  const end = postgresTypes.toCanonicalBytes?.(postgresTypes.logical(type))?.(bytes, 6, to, target, 2) ?? -1;
  if (end < 0) return null;
  expect(end - 2).toBeLessThanOrEqual(to - 6 + converterBytes);
  return target.toString('utf8', 2, end);
}

function byText(type: string, text: string): unknown {
  return postgresTypes.toCanonical(postgresTypes.logical(type), type)?.(text);
}

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const day = fc.tuple(fc.stringMatching(/^\d{4,6}$/), digits(2), digits(2)).map((parts) => parts.join('-'));
const time = fc.tuple(digits(2), digits(2), digits(2)).map((parts) => parts.join(':'));
const fraction = fc.constantFrom('', '.5', '.123456');
const zone = fc.constantFrom('', '+00', '+02', '-03:30', '+00:19:32');
const era = fc.constantFrom('', '', ' BC');
const moment = fc
  .tuple(day, fc.constantFrom('', ' '), time, fraction, zone, era)
  .map(([date, blank, clock, part, offset, behind]) =>
    blank === '' ? `${date}${behind}` : `${date}${blank}${clock}${part}${offset}${behind}`,
  );
const others = fc.constantFrom(
  't',
  'f',
  'infinity',
  '-infinity',
  '\\x',
  '\\x00ff',
  'true',
  '',
  '+00',
  '2024-+00',
);
const hex = fc.stringMatching(/^[0-9a-f]{0,200}$/).map((text) => `\\x${text}`);

describe('The canonical form of a value', () => {
  it('is the same by its bytes as by its text, wherever there is one by its bytes', () => {
    const values = fc.oneof(moment, others, hex, fc.stringMatching(/^[ -~]{0,40}$/));
    fc.assert(
      fc.property(fc.constantFrom(...declared), values, (type, text) => {
        const made = byBytes(type, text);
        if (made !== null) expect(made).toBe(byText(type, text));
      }),
      { numRuns: 5_000 },
    );
  });

  it('is found by the bytes of usual values', () => {
    expect([
      byBytes('boolean', 't'),
      byBytes('boolean', 'f'),
      byBytes('bytea', '\\x00ff'),
      byBytes('date', '2024-05-06'),
      byBytes('timestamp without time zone', '2024-05-06 12:34:56.789'),
      byBytes('timestamp with time zone', '2024-05-06 12:34:56+00'),
    ]).toEqual(['true', 'false', '00ff', '2024-05-06', '2024-05-06 12:34:56.789', '2024-05-06 12:34:56Z']);
  });

  it('is left to the text where a year, an offset or a word is unusual', () => {
    const dates = ['infinity', '0044-03-15 BC', '12345-01-01'].map((text) => byBytes('date', text));
    const times = ['2024-05-06 12:34:56+02', 'infinity', '0044-03-15 00:00:00+00 BC'];
    const moments = times.map((text) => byBytes('timestamp with time zone', text));
    expect([...dates, ...moments, byBytes('boolean', 'yes'), byBytes('bytea', 'abc')]).toEqual(
      new Array(8).fill(null),
    );
  });
});
