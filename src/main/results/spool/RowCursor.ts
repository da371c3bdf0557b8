import { cellLengthAt, headerBytes } from './cells.ts';
import type { Spool } from './Spool.ts';

/** Bytes read at once. */
const chunkBytes = 64 * 1024;

export interface FoundCell {
  /** Where its bytes begin in the spool. */
  readonly position: number;
  readonly byteLength: number;
}

/** Goes from cell to cell of one row without reading the long ones. */
export class RowCursor {
  readonly #spool: Spool;
  readonly #end: number;
  #position: number;
  #chunk: Buffer = Buffer.alloc(0);
  #chunkStart = 0;

  /** @param start where the row begins in the spool @param end where it ends at the latest */
  constructor(spool: Spool, start: number, end: number) {
    this.#spool = spool;
    this.#position = start;
    this.#end = end;
  }

  /** The next cell; null for NULL. */
  async next(): Promise<FoundCell | null> {
    const header = await this.bytes(this.#position, headerBytes);
    const position = Math.min(this.#position + headerBytes, this.#end);
    const length = cellLengthAt(header, 0);
    this.#position = position + Math.min(Math.max(length, 0), this.#end - position);
    return length < 0 ? null : { position, byteLength: this.#position - position };
  }

  /** A few bytes of the row; fewer at its end. */
  async bytes(position: number, length: number): Promise<Buffer> {
    const end = Math.min(position + length, this.#end);
    if (position < this.#chunkStart || end > this.#chunkStart + this.#chunk.length) {
      const size = Math.min(Math.max(chunkBytes, end - position), this.#end - position);
      this.#chunk = await this.#spool.read(position, size);
      this.#chunkStart = position;
    }
    return this.#chunk.subarray(position - this.#chunkStart, end - this.#chunkStart);
  }
}
