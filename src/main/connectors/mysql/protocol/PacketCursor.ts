import { WireFailure } from '../../network/failures/WireFailure.ts';

/** Reads the parts of one packet where it lies. What does not fit into the packet is a failure, never a value. */
export class PacketCursor {
  readonly #bytes: Buffer;
  readonly #end: number;
  #offset: number;

  constructor(bytes: Buffer, start: number, end: number) {
    this.#bytes = bytes;
    this.#offset = start;
    this.#end = end;
  }

  get remaining(): number {
    return this.#end - this.#offset;
  }

  /** The next byte, which stays. */
  get next(): number | null {
    return this.remaining === 0 ? null : (this.#bytes[this.#offset] ?? null);
  }

  skip(count: number): void {
    this.#take(count);
  }

  uint8(): number {
    return this.#bytes.readUInt8(this.#take(1));
  }

  uint16(): number {
    return this.#bytes.readUInt16LE(this.#take(2));
  }

  uint32(): number {
    return this.#bytes.readUInt32LE(this.#take(4));
  }

  bytes(count: number): Buffer {
    const start = this.#take(count);
    return this.#bytes.subarray(start, start + count);
  }

  rest(): Buffer {
    return this.bytes(this.remaining);
  }

  text(count: number): string {
    return this.bytes(count).toString('utf8');
  }

  /** Up to a NUL, which is read too, or to the end. */
  untilNul(): Buffer {
    const rest = this.#bytes.subarray(this.#offset, this.#end);
    const length = rest.indexOf(0);
    if (length < 0) return this.rest();
    const bytes = this.bytes(length);
    this.skip(1);
    return bytes;
  }

  /** A number in one to nine bytes. Beyond 2^53 it is not exact, and larger than anything that fits into a packet. */
  length(): number {
    const first = this.uint8();
    if (first < 0xfb) return first;
    if (first === 0xfc) return this.uint16();
    if (first === 0xfd) return this.uint16() + this.uint8() * 0x1_00_00;
    if (first === 0xfe) return this.uint32() + this.uint32() * 0x1_00_00_00_00;
    throw malformed();
  }

  lengthText(): string {
    return this.text(this.length());
  }

  #take(count: number): number {
    const start = this.#offset;
    if (count > this.#end - start) throw malformed();
    this.#offset = start + count;
    return start;
  }
}

export function malformed(): WireFailure {
  return new WireFailure('protocol', 'The server sent a malformed packet.');
}
