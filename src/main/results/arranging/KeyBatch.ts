import type { Pace } from '../../base/async/Pace.ts';
import { MergeHeap } from './MergeHeap.ts';

/** Bytes of keys in memory. */
const arenaBytes = 8 * 1024 * 1024;
const maxRows = 512 * 1024;
/** Rows that are sorted in one turn of the event loop: a few milliseconds. */
const chunkRows = 4_096;
/** Rows that are merged between two looks at the clock. */
const rowsPerLook = 2_048;
/** Bytes of a key that are compared as one number. */
export const prefixBytes = 6;

/** The beginning of a key as a number; equal ones are decided by the rest. */
export function prefixOf(bytes: Buffer, from: number, to: number): number {
  let prefix = 0;
  for (let index = from; index < from + prefixBytes; index += 1) {
    prefix = prefix * 256 + (index < to ? (bytes[index] ?? 0) : 0);
  }
  return prefix;
}

interface Chunk {
  readonly entries: Uint32Array;
  next: number;
}

/** One row of a batch, as it comes out sorted. */
export type SortedEntry = (row: number, keys: Buffer, from: number, to: number) => void;

/** Rows with their keys in memory, sorted in small chunks that are merged, so that no step takes long. */
export class KeyBatch {
  #keys = Buffer.allocUnsafeSlow(arenaBytes);
  #length = 0;
  readonly #rows = new Uint32Array(maxRows);
  /** Where each key ends; it begins where the one before ended. */
  readonly #ends = new Uint32Array(maxRows);
  readonly #prefixes = new Float64Array(maxRows);
  /** What follows the prefix of each key, as a number too. */
  readonly #middles = new Float64Array(maxRows);
  #count = 0;
  #chunks: Chunk[] = [];
  #sortedCount = 0;

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Whether a key of so many bytes fits. */
  hasRoomFor(byteCount: number): boolean {
    return this.#count < maxRows && (this.#count === 0 || this.#length + byteCount <= arenaBytes);
  }

  /**
   * @param room most bytes of the key
   * @param write writes the key and returns where it ends
   */
  add(row: number, room: number, write: (target: Buffer, at: number) => number): void {
    if (this.#length + room > this.#keys.length) {
      const larger = Buffer.allocUnsafeSlow(this.#length + room);
      this.#keys.copy(larger, 0, 0, this.#length);
      this.#keys = larger;
    }
    const end = write(this.#keys, this.#length);
    this.#rows[this.#count] = row;
    this.#ends[this.#count] = end;
    this.#prefixes[this.#count] = prefixOf(this.#keys, this.#length, end);
    this.#middles[this.#count] = prefixOf(this.#keys, this.#length + prefixBytes, end);
    this.#length = end;
    this.#count += 1;
    if (this.#count - this.#sortedCount === chunkRows) this.#sortChunk();
  }

  /** Gives all rows in their order, and is empty then. */
  async drain(pace: Pace, give: SortedEntry, between: () => Promise<void>): Promise<void> {
    if (this.#count > this.#sortedCount) this.#sortChunk();
    const compare = (left: Chunk, right: Chunk) => this.#compare(headOf(left), headOf(right));
    const heap = new MergeHeap(this.#chunks, compare);
    let sinceLook = 0;
    for (let chunk = heap.top; chunk !== undefined; chunk = heap.top) {
      const entry = headOf(chunk);
      give(this.#rows[entry] ?? 0, this.#keys, this.#startOf(entry), this.#ends[entry] ?? 0);
      chunk.next += 1;
      if (chunk.next < chunk.entries.length) heap.topMoved();
      else heap.removeTop();
      sinceLook += 1;
      if (sinceLook < rowsPerLook) continue;
      sinceLook = 0;
      await between();
      await pace.rest();
    }
    await between();
    this.#clear();
  }

  #clear(): void {
    if (this.#keys.length > arenaBytes) this.#keys = Buffer.allocUnsafeSlow(arenaBytes);
    this.#length = 0;
    this.#count = 0;
    this.#sortedCount = 0;
    this.#chunks = [];
  }

  #sortChunk(): void {
    const entries = new Uint32Array(this.#count - this.#sortedCount);
    for (let index = 0; index < entries.length; index += 1) entries[index] = this.#sortedCount + index;
    entries.sort((left, right) => this.#compare(left, right));
    this.#chunks.push({ entries, next: 0 });
    this.#sortedCount = this.#count;
  }

  #compare(left: number, right: number): number {
    const byPrefix = (this.#prefixes[left] ?? 0) - (this.#prefixes[right] ?? 0);
    if (byPrefix !== 0) return byPrefix;
    const byMiddle = (this.#middles[left] ?? 0) - (this.#middles[right] ?? 0);
    if (byMiddle !== 0) return byMiddle;
    const [leftStart, leftEnd] = [this.#startOf(left), this.#ends[left] ?? 0];
    const [rightStart, rightEnd] = [this.#startOf(right), this.#ends[right] ?? 0];
    const isShort = leftEnd - leftStart <= 2 * prefixBytes && rightEnd - rightStart <= 2 * prefixBytes;
    const byKey = isShort ? 0 : this.#keys.compare(this.#keys, rightStart, rightEnd, leftStart, leftEnd);
    return byKey !== 0 ? byKey : left - right;
  }

  #startOf(entry: number): number {
    return entry === 0 ? 0 : (this.#ends[entry - 1] ?? 0);
  }
}

const headOf = ({ entries, next }: Chunk): number => entries[next] ?? 0;
