import { describe, expect, it } from 'vitest';
import type { ColumnDefinition } from '../protocol/serverPackets.ts';
import { RowDecoder } from './RowDecoder.ts';

const utf8mb4 = 45;
const binary = 63;

const column = (type: number, collation = utf8mb4): ColumnDefinition => ({
  name: 'c',
  type,
  collation,
  flags: 0,
  length: 0,
  decimals: 0,
  typeName: null,
});
const [bigint, bit, json, blob, varchar, geometry] = [8, 16, 245, 252, 253, 255];

/** The values of a row as the protocol has them. */
function row(...cells: readonly (string | Buffer | null)[]): Buffer {
  const parts = cells.map((cell) => {
    if (cell === null) return Buffer.from([0xfb]);
    const bytes = Buffer.from(cell as string);
    const length = Buffer.from(
      bytes.length < 0xfb ? [bytes.length] : [0xfc, bytes.length & 0xff, bytes.length >> 8],
    );
    return Buffer.concat([length, bytes]);
  });
  return Buffer.concat(parts);
}

function read(columns: readonly ColumnDefinition[], bytes: Buffer): readonly (string | null)[] {
  // In the middle of a chunk, as rows arrive.
  const chunk = Buffer.concat([Buffer.from('before'), bytes, Buffer.from('after')]);
  return new RowDecoder(columns).read(chunk, 6, 6 + bytes.length);
}

describe('RowDecoder', () => {
  it('leaves numbers and texts as the server wrote them', () => {
    const columns = [column(bigint, binary), column(varchar), column(varchar)];
    expect(read(columns, row('18446744073709551615', 'Grün 日本 😀', ''))).toEqual([
      '18446744073709551615',
      'Grün 日本 😀',
      '',
    ]);
  });

  it('tells NULL from nothing', () => {
    expect(read([column(varchar), column(varchar)], row(null, ''))).toEqual([null, '']);
  });

  it('writes bytes in hexadecimal digits, and none as 0x', () => {
    const columns = [column(varchar, binary), column(blob, binary), column(geometry, binary)];
    expect(read(columns, row('SN-7', '', Buffer.from([0, 0xff])))).toEqual(['0x534E2D37', '0x', '0x00FF']);
  });

  it('reads JSON as text although the server calls it bytes', () => {
    expect(read([column(json, binary)], row('{"ä": 1}'))).toEqual(['{"ä": 1}']);
  });

  it('writes the bits of a BIT as their number', () => {
    expect(
      read([column(bit, binary), column(bit, binary)], row(Buffer.alloc(8, 0xff), Buffer.from([5]))),
    ).toEqual(['18446744073709551615', '5']);
  });

  it('reads long texts', () => {
    for (const text of ['a'.repeat(300), 'ü'.repeat(300)]) {
      expect(read([column(varchar)], row(text))).toEqual([text]);
    }
  });

  it.each([
    ['ends before its last value', Buffer.from([1, 0x61])],
    ['has a value that is longer than the row', Buffer.from([1, 0x61, 9, 0x62])],
    ['has more values than columns', Buffer.from([1, 0x61, 1, 0x62, 1, 0x63])],
    ['has a length that ends before it is complete', Buffer.from([1, 0x61, 0xfe, 1])],
    ['has a length of 2^63', Buffer.from([1, 0x61, 0xfe, 0, 0, 0, 0, 0, 0, 0, 0x80])],
    ['has a length that is none', Buffer.from([1, 0x61, 0xff])],
  ])('refuses a row that %s', (_, bytes) => {
    expect(() => read([column(varchar), column(varchar)], bytes)).toThrowError(
      expect.objectContaining({ kind: 'protocol' }),
    );
  });
});
