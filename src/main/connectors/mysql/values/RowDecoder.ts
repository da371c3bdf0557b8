import { isAscii as isAsciiBuffer } from 'node:buffer';
import { malformed } from '../protocol/PacketCursor.ts';
import type { ColumnDefinition } from '../protocol/serverPackets.ts';
import { type Reading, readingOf } from './columnTypes.ts';
import { lengthBytes, longLength, nullLength } from './packetLengths.ts';

/** In chunks larger than this, each value is read by itself: a value would keep the text of its whole chunk alive. */
const maxSharedBytes = 128 * 1024;
/** A BIT has 64 bits at most. */
export const maxBitsBytes = 8;
const firstNonAscii = 0x80;
/** From this length on, a look at all bytes is faster in native code. */
const longText = 256;

/**
 * Reads the rows of one result as the server wrote them: nothing is rounded, parsed or localised. NULL is null, bytes are
 * `0x` and hexadecimal digits, BIT is the number that its bytes are.
 *
 * A chunk that arrived is made one string of bytes, of which the values are parts: to cross into native code for each
 * value takes most of the time otherwise.
 */
export class RowDecoder {
  readonly readings: readonly Reading[];
  #chunk: Buffer | null = null;
  #shared = '';

  constructor(columns: readonly ColumnDefinition[]) {
    this.readings = columns.map(readingOf);
  }

  /**
   * @throws WireFailure for a row that does not fit its columns
   */
  read(bytes: Buffer, start: number, end: number): (string | null)[] {
    const readings = this.readings;
    const cells: (string | null)[] = new Array(readings.length);
    let offset = start;
    for (let index = 0; index < readings.length; index += 1) {
      const first = offset < end ? bytes.readUInt8(offset) : malformedByte();
      offset += 1;
      if (first === nullLength) {
        cells[index] = null;
        continue;
      }
      let length = first;
      if (first > nullLength) {
        length = longLength(bytes, first, offset, end);
        offset += lengthBytes(first);
      }
      const valueEnd = offset + length;
      if (valueEnd > end) throw malformed();
      cells[index] = this.#value(readings[index] ?? 'bytes', bytes, offset, valueEnd);
      offset = valueEnd;
    }
    if (offset !== end) throw malformed();
    return cells;
  }

  #value(reading: Reading, bytes: Buffer, start: number, end: number): string {
    if (start === end) return reading === 'bytes' ? '0x' : '';
    switch (reading) {
      case 'ascii':
        return this.#ascii(bytes, start, end);
      case 'text':
        return isAscii(bytes, start, end)
          ? this.#ascii(bytes, start, end)
          : bytes.toString('utf8', start, end);
      case 'bytes':
        return `0x${bytes.toString('hex', start, end).toUpperCase()}`;
      case 'bits':
        if (end - start > maxBitsBytes) throw malformed();
        return BigInt(`0x${bytes.toString('hex', start, end)}`).toString();
    }
  }

  #ascii(bytes: Buffer, start: number, end: number): string {
    if (bytes.length > maxSharedBytes) return bytes.toString('latin1', start, end);
    if (bytes !== this.#chunk) {
      this.#chunk = bytes;
      this.#shared = bytes.toString('latin1');
    }
    return this.#shared.slice(start, end);
  }
}

function isAscii(bytes: Buffer, start: number, end: number): boolean {
  if (end - start > longText) return isAsciiBuffer(bytes.subarray(start, end));
  for (let index = start; index < end; index += 1) {
    if ((bytes[index] ?? 0) >= firstNonAscii) return false;
  }
  return true;
}

function malformedByte(): never {
  throw malformed();
}
