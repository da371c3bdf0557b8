import { malformed } from '../protocol/PacketCursor.ts';

/** The length of a value that is NULL. */
export const nullLength = 0xfb;

/** How many bytes follow the first one of a length, which is larger than `nullLength`. */
export function lengthBytes(first: number): number {
  if (first === 0xfc) return 2;
  return first === 0xfd ? 3 : 8;
}

/** @throws WireFailure for what is no length, or ends before it is complete */
export function longLength(bytes: Buffer, first: number, offset: number, end: number): number {
  const count = lengthBytes(first);
  if (first === 0xff || offset + count > end) throw malformed();
  const low = bytes.readUIntLE(offset, Math.min(count, 4));
  return count === 8 ? low + bytes.readUInt32LE(offset + 4) * 0x1_00_00_00_00 : low;
}
