import { describe, expect, it } from 'vitest';
import { largestUint32, lengthPrefixed, uint32 } from './canonicalBytes.ts';

describe('lengthPrefixed', () => {
  it('writes each part with its length in bytes before it, text as UTF-8', () => {
    expect(lengthPrefixed(['aé', Buffer.from([7, 0]), '']).toString('hex')).toBe(
      ['00000003', '61c3a9', '00000002', '0700', '00000000'].join(''),
    );
    expect(lengthPrefixed([])).toHaveLength(0);
  });

  it('gives no two lists the same bytes', () => {
    const lists = [['ab', 'c'], ['a', 'bc'], ['abc'], ['abc', ''], ['', 'abc'], ['\0\0\0\u0001a']];
    expect(new Set(lists.map((list) => lengthPrefixed(list).toString('hex'))).size).toBe(lists.length);
  });
});

describe('uint32', () => {
  it('writes four bytes, the highest first, and takes nothing that does not fit', () => {
    expect(uint32(0x0102_0304).toString('hex')).toBe('01020304');
    expect(uint32(largestUint32).toString('hex')).toBe('ffffffff');
    for (const value of [-1, largestUint32 + 1]) expect(() => uint32(value)).toThrow(RangeError);
  });
});
