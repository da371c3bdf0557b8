import type { EncodedRows } from '../../connectors/RowStream.ts';
import { rowEnd } from './rowCells.ts';

const firstBytes = 256 * 1024;

/** Rows of several chunks, copied once to where they lie together. */
export class BatchBuffer {
  #bytes = Buffer.allocUnsafeSlow(firstBytes);
  #length = 0;
  readonly #starts: Uint32Array;
  #count = 0;
  readonly #columnCount: number;
  readonly #maxBytes: number;

  /** @param maxBytes from which on it is full; a single row may be larger */
  constructor(columnCount: number, maxRows: number, maxBytes: number) {
    this.#columnCount = columnCount;
    this.#maxBytes = maxBytes;
    this.#starts = new Uint32Array(maxRows);
  }

  get isFull(): boolean {
    return this.#count === this.#starts.length || this.#length >= this.#maxBytes;
  }

  get rowCount(): number {
    return this.#count;
  }

  /** What it holds, until it is emptied. */
  get rows(): EncodedRows {
    return { bytes: this.#bytes.subarray(0, this.#length), starts: this.#starts.subarray(0, this.#count) };
  }

  /** Takes rows from one on, as many as fit. @returns the first that it did not take */
  add({ bytes, starts }: EncodedRows, from: number): number {
    const to = this.#endOf(bytes, starts, from);
    if (to === from) return from;
    const first = starts[from] ?? 0;
    const end = rowEnd(bytes, starts[to - 1] ?? 0, this.#columnCount);
    this.#reserve(end - first);
    bytes.copy(this.#bytes, this.#length, first, end);
    for (let row = from; row < to; row += 1) {
      this.#starts[this.#count] = this.#length + (starts[row] ?? 0) - first;
      this.#count += 1;
    }
    this.#length += end - first;
    return to;
  }

  empty(): void {
    this.#length = 0;
    this.#count = 0;
    // A row that was very large does not stay for the rest of the run.
    if (this.#bytes.length > 4 * this.#maxBytes) this.#bytes = Buffer.allocUnsafeSlow(firstBytes);
  }

  #endOf(bytes: Buffer, starts: Uint32Array, from: number): number {
    const most = Math.min(starts.length, from + this.#starts.length - this.#count);
    const limit = (starts[from] ?? 0) + this.#maxBytes - this.#length;
    if (bytes.length <= limit) return most;
    let to = this.isFull ? from : Math.min(from + 1, most);
    while (to < most && (starts[to] ?? 0) < limit) to += 1;
    return to;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, needed));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
