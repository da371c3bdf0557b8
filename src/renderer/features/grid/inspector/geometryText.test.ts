import { describe, expect, it } from 'vitest';
import { geometryText } from './geometryText.ts';
import { bytesOf } from './hexDump.ts';

const textOf = (hex: string, startsWithSrid = false) =>
  geometryText(bytesOf(hex) ?? new Uint8Array(), startsWithSrid);

/** What PostGIS 3.5 and MySQL 9.7 write for these. */
describe('a geometry', () => {
  it.each([
    ['0101000000000000000000F83F0000000000000040', 'POINT(1.5 2)'],
    ['0020000001000010E6402A000000000000404A000000000000', 'SRID=4326;POINT(13 52)'],
    ['0101000080000000000000F03F00000000000000400000000000000840', 'POINT Z (1 2 3)'],
    ['01E9030000000000000000F03F00000000000000400000000000000840', 'POINT Z (1 2 3)'],
    ['0101000000000000000000F87F000000000000F87F', 'POINT EMPTY'],
    [
      '01020000000200000000000000000000000000000000000000000000000000F03F0000000000000040',
      'LINESTRING(0 0,1 2)',
    ],
    ['010300000000000000', 'POLYGON EMPTY'],
    [
      '01040000000200000001010000000000000000000000000000000000000001010000000000000000000040000000000000F03F',
      'MULTIPOINT(0 0,2 1)',
    ],
    [
      '0107000000020000000101000000000000000000F03F0000000000000040010200000000000000',
      'GEOMETRYCOLLECTION(POINT(1 2),LINESTRING EMPTY)',
    ],
  ])('%s is %s', (hex, text) => {
    expect(textOf(hex)).toBe(text);
  });

  it('of MySQL has the number of its reference system in front', () => {
    const point = '0101000000000000000000F03F0000000000000040';
    expect(textOf(`0x00000000${point}`, true)).toBe('POINT(1 2)');
    expect(textOf(`0xE6100000${point}`, true)).toBe('SRID=4326;POINT(1 2)');
  });

  it.each(['', '01', '0109000000', '0101000000000000000000F03F', '0102000000FFFFFFFF', '00'])(
    'is not made of %s',
    (hex) => {
      expect(textOf(hex)).toBeNull();
      expect(textOf(hex, true)).toBeNull();
    },
  );
});
