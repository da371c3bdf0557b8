import { randomInt } from 'node:crypto';

/** Different values that are kept at most. */
const maxValues = 100_000;
/** Bytes of a value at most. */
export const maxValueBytes = 64;
/** A power of two; more than twice the values, so that most of them stand where they are looked for first. */
const slotCount = 2 ** 18;
/** Values that are compared before the set gives up: only somebody who wants it makes so many meet. */
const maxProbes = 64;

/**
 * Different short values, in memory that is taken once. A Set of strings would do, but for the garbage collector, which
 * has to move 100,000 strings while everything else waits.
 */
export class ByteSet {
  /** Of each value, its number and one; 0 for a free slot. */
  readonly #slots = new Uint32Array(slotCount);
  /** The values one behind the other, each with its length in front. */
  readonly #values = Buffer.allocUnsafeSlow(maxValues * (1 + maxValueBytes));
  readonly #starts = new Uint32Array(maxValues);
  /** Nobody outside can know which values meet. */
  readonly #seed = randomInt(2 ** 32);
  #length = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @returns false when there is no room for another value: then it was not added */
  add(bytes: Uint8Array, from: number, to: number): boolean {
    let slot = this.#hash(bytes, from, to);
    for (let probe = 0; probe < maxProbes; probe += 1) {
      const found = this.#slots[slot] ?? 0;
      if (found === 0) return this.#put(slot, bytes, from, to);
      if (this.#isSame(found - 1, bytes, from, to)) return true;
      slot = (slot + 1) & (slotCount - 1);
    }
    return false;
  }

  /** Each value, as a range of bytes that stay as they are. */
  *values(): Generator<{ readonly bytes: Buffer; readonly from: number; readonly to: number }> {
    for (let index = 0; index < this.#size; index += 1) {
      const start = this.#starts[index] ?? 0;
      const from = start + 1;
      yield { bytes: this.#values, from, to: from + (this.#values[start] ?? 0) };
    }
  }

  #put(slot: number, bytes: Uint8Array, from: number, to: number): boolean {
    if (this.#size === maxValues) return false;
    this.#starts[this.#size] = this.#length;
    this.#values[this.#length] = to - from;
    this.#length += 1;
    for (let position = from; position < to; position += 1) {
      this.#values[this.#length] = bytes[position] ?? 0;
      this.#length += 1;
    }
    this.#size += 1;
    this.#slots[slot] = this.#size;
    return true;
  }

  #isSame(index: number, bytes: Uint8Array, from: number, to: number): boolean {
    const values = this.#values;
    let at = this.#starts[index] ?? 0;
    if (values[at] !== to - from) return false;
    for (let position = from; position < to; position += 1) {
      at += 1;
      if (values[at] !== bytes[position]) return false;
    }
    return true;
  }

  /** FNV-1a, and its high bits mixed into those that count. */
  #hash(bytes: Uint8Array, from: number, to: number): number {
    let hash = this.#seed;
    for (let position = from; position < to; position += 1) {
      hash = Math.imul(hash ^ (bytes[position] ?? 0), 0x01000193);
    }
    return (hash ^ (hash >>> 15)) & (slotCount - 1);
  }
}
