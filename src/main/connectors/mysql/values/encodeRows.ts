import type { EncodedRows } from '../../RowStream.ts';
import type { RowChunk } from '../../sql/WaitingRows.ts';
import { malformed } from '../protocol/PacketCursor.ts';
import type { Reading } from './columnTypes.ts';
import { lengthBytes, longLength, nullLength } from './packetLengths.ts';
import { maxBitsBytes } from './RowDecoder.ts';

/** Of each cell in `EncodedRows`. */
const cellLengthBytes = 4;
/** The digits of the largest BIT. */
const maxBitsLength = 20;
const bytesPrefix = Buffer.from('0x');
/** From this length on, a copy in native code is faster than one by one. */
const longValue = 48;

/**
 * Writes rows of the text protocol as `EncodedRows`, with the same text for each value as `RowDecoder`.
 * @throws WireFailure for a row that does not fit its columns
 */
export function encodeRows({ bytes, starts, ends }: RowChunk, readings: readonly Reading[]): EncodedRows {
  const encoder = new Encoder(bytes, sizeLimit(starts, ends, readings));
  const positions = new Uint32Array(starts.length);
  for (let row = 0; row < starts.length; row += 1) {
    positions[row] = encoder.position;
    encoder.row(starts[row] ?? 0, ends[row] ?? 0, readings);
  }
  return { bytes: encoder.written, starts: positions };
}

/** What the rows take at most. */
function sizeLimit(starts: readonly number[], ends: readonly number[], readings: readonly Reading[]): number {
  let byteCount = 0;
  for (let row = 0; row < starts.length; row += 1) byteCount += (ends[row] ?? 0) - (starts[row] ?? 0);
  // Every length is a byte at least in the packet; bytes become two digits each.
  const perCell = readings.includes('bits') ? cellLengthBytes + maxBitsLength : cellLengthBytes;
  const perByte = readings.includes('bytes') ? 2 : 1;
  const prefixBytes = readings.includes('bytes') ? bytesPrefix.length : 0;
  return byteCount * perByte + starts.length * readings.length * (perCell + prefixBytes);
}

class Encoder {
  readonly #from: Buffer;
  readonly #to: Buffer;
  #position = 0;

  constructor(from: Buffer, size: number) {
    this.#from = from;
    this.#to = Buffer.allocUnsafeSlow(size);
  }

  get position(): number {
    return this.#position;
  }

  get written(): Buffer {
    return this.#to.subarray(0, this.#position);
  }

  row(start: number, end: number, readings: readonly Reading[]): void {
    const from = this.#from;
    let offset = start;
    for (let index = 0; index < readings.length; index += 1) {
      if (offset >= end) throw malformed();
      const first = from[offset] ?? 0;
      offset += 1;
      if (first === nullLength) {
        this.#position = this.#to.writeInt32BE(-1, this.#position);
        continue;
      }
      let length = first;
      if (first > nullLength) {
        length = longLength(from, first, offset, end);
        offset += lengthBytes(first);
      }
      const valueEnd = offset + length;
      if (valueEnd > end) throw malformed();
      this.#value(readings[index] ?? 'bytes', offset, valueEnd);
      offset = valueEnd;
    }
    if (offset !== end) throw malformed();
  }

  #value(reading: Reading, start: number, end: number): void {
    if (reading === 'bytes') this.#hexadecimal(start, end);
    else if (reading === 'bits' && start < end) this.#bits(start, end);
    else this.#copy(start, end);
  }

  #copy(start: number, end: number): void {
    const from = this.#from;
    const to = this.#to;
    const length = end - start;
    let position = to.writeInt32BE(length, this.#position);
    if (length > longValue) position += from.copy(to, position, start, end);
    else {
      for (let index = start; index < end; index += 1) {
        to[position] = from[index] ?? 0;
        position += 1;
      }
    }
    this.#position = position;
  }

  #hexadecimal(start: number, end: number): void {
    const to = this.#to;
    let position = to.writeInt32BE(bytesPrefix.length + 2 * (end - start), this.#position);
    position += bytesPrefix.copy(to, position);
    for (let index = start; index < end; index += 1) {
      const byte = this.#from[index] ?? 0;
      to[position] = digits[byte >>> 4] ?? 0;
      to[position + 1] = digits[byte & 0x0f] ?? 0;
      position += 2;
    }
    this.#position = position;
  }

  #bits(start: number, end: number): void {
    if (end - start > maxBitsBytes) throw malformed();
    const number = BigInt(`0x${this.#from.toString('hex', start, end)}`).toString();
    const position = this.#to.writeInt32BE(number.length, this.#position);
    this.#position = position + this.#to.write(number, position, 'latin1');
  }
}

const digits = Buffer.from('0123456789ABCDEF');
