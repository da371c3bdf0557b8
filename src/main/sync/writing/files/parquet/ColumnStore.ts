import type { ParquetValue } from './ParquetCell.ts';

/** Values of a column, of the rows of a group, as the package that writes the file takes them; undefined is NULL. */
export type ColumnValues = (ParquetValue | undefined)[] | Float64Array | BigInt64Array;

/**
 * Keeps the values of a column until its group is written: as bytes, so that a million of them are no work for the garbage
 * collection.
 */
export interface ColumnStore {
  add(value: ParquetValue | undefined): void;
  /** Forgets the values behind the first ones. */
  truncate(count: number): void;
  values(): ColumnValues;
}

const firstLength = 1_024;
const wordSize = 2 ** 32;

/** Which values are NULL. */
class Nulls {
  #flags = new Uint8Array(firstLength);
  #hasAny = false;

  /** Whether one of the first ones is. */
  isAny(count: number): boolean {
    return this.#hasAny && this.#flags.subarray(0, count).includes(1);
  }

  set(index: number, isNull: boolean): void {
    if (index >= this.#flags.length)
      this.#flags = longer(this.#flags, new Uint8Array(2 * this.#flags.length));
    this.#flags[index] = isNull ? 1 : 0;
    if (isNull) this.#hasAny = true;
  }

  has(index: number): boolean {
    return this.#flags[index] === 1;
  }
}

function longer<Numbers extends { set(from: Numbers): void }>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}

/** Numbers that are exact as such: 32-bit integers and floating-point ones. */
class NumberStore implements ColumnStore {
  #count = 0;
  readonly #nulls = new Nulls();
  #numbers = new Float64Array(firstLength);

  add(value: ParquetValue | undefined): void {
    const index = this.#count;
    if (index >= this.#numbers.length)
      this.#numbers = longer(this.#numbers, new Float64Array(2 * this.#numbers.length));
    this.#nulls.set(index, value === undefined);
    this.#numbers[index] = typeof value === 'number' ? value : 0;
    this.#count = index + 1;
  }

  truncate(count: number): void {
    this.#count = count;
  }

  values(): ColumnValues {
    const numbers = this.#numbers.subarray(0, this.#count);
    if (!this.#nulls.isAny(this.#count)) return numbers;
    return Array.from(numbers, (value, index) => (this.#nulls.has(index) ? undefined : value));
  }
}

/** 64-bit integers; those that are exact as numbers come as such. */
class LongStore implements ColumnStore {
  #count = 0;
  readonly #nulls = new Nulls();
  #longs = new BigInt64Array(firstLength);
  #words = new Int32Array(this.#longs.buffer);

  add(value: ParquetValue | undefined): void {
    const index = this.#count;
    if (index >= this.#longs.length) {
      this.#longs = longer(this.#longs, new BigInt64Array(2 * this.#longs.length));
      this.#words = new Int32Array(this.#longs.buffer);
    }
    this.#nulls.set(index, value === undefined);
    if (typeof value === 'bigint') this.#longs[index] = value;
    else if (typeof value === 'number') {
      // The lower word first, as on every processor that there is a build for; of a number it takes the lower 32 bits.
      this.#words[2 * index] = value;
      this.#words[2 * index + 1] = Math.floor(value / wordSize);
    } else this.#longs[index] = 0n;
    this.#count = index + 1;
  }

  truncate(count: number): void {
    this.#count = count;
  }

  values(): ColumnValues {
    const longs = this.#longs.subarray(0, this.#count);
    if (!this.#nulls.isAny(this.#count)) return longs;
    return Array.from(longs, (value, index) => (this.#nulls.has(index) ? undefined : value));
  }
}

/** Texts and bytes. */
export class BytesStore implements ColumnStore {
  #count = 0;
  readonly #nulls = new Nulls();
  #bytes = Buffer.allocUnsafeSlow(64 * firstLength);
  /** Where each value ends. */
  #ends = new Float64Array(firstLength);

  add(value: ParquetValue | undefined): void {
    if (value instanceof Uint8Array) this.addCopy(value, 0, value.length);
    else this.addCopy(this.#bytes, 0, -1);
  }

  /** @param to before `from` for NULL */
  addCopy(source: Uint8Array, from: number, to: number): void {
    const index = this.#count;
    const start = this.#endOf(index - 1);
    const length = Math.max(0, to - from);
    if (start + length > this.#bytes.length) this.#grow(start + length);
    if (length > longBytes) this.#bytes.set(source.subarray(from, to), start);
    else {
      const bytes = this.#bytes;
      for (let offset = 0; offset < length; offset += 1) bytes[start + offset] = source[from + offset] ?? 0;
    }
    if (index >= this.#ends.length) this.#ends = longer(this.#ends, new Float64Array(2 * this.#ends.length));
    this.#ends[index] = start + length;
    this.#nulls.set(index, to < from);
    this.#count = index + 1;
  }

  truncate(count: number): void {
    this.#count = count;
    // What one group needed for large values is not kept for the next.
    if (count === 0 && this.#bytes.length > maxKeptBytes)
      this.#bytes = Buffer.allocUnsafeSlow(64 * firstLength);
  }

  values(): ColumnValues {
    return Array.from({ length: this.#count }, (_, index) =>
      this.#nulls.has(index) ? undefined : this.#bytes.subarray(this.#endOf(index - 1), this.#endOf(index)),
    );
  }

  #endOf(index: number): number {
    return index < 0 ? 0 : (this.#ends[index] ?? 0);
  }

  #grow(length: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, length));
    this.#bytes.copy(larger);
    this.#bytes = larger;
  }
}

/** Up to here a loop is faster than a call. */
const longBytes = 48;
const maxKeptBytes = 8 * 1024 * 1024;

/** Of the physical type of a column. */
export function columnStore(type: string | undefined): ColumnStore {
  switch (type) {
    case 'BOOLEAN':
      return new BooleanStore();
    case 'INT64':
      return new LongStore();
    case 'INT32':
    case 'FLOAT':
    case 'DOUBLE':
      return new NumberStore();
    default:
      return new BytesStore();
  }
}

class BooleanStore implements ColumnStore {
  readonly #values: (boolean | undefined)[] = [];

  add(value: ParquetValue | undefined): void {
    this.#values.push(typeof value === 'boolean' ? value : undefined);
  }

  truncate(count: number): void {
    this.#values.length = count;
  }

  values(): ColumnValues {
    return [...this.#values];
  }
}
