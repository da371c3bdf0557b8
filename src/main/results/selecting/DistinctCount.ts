import { createHash, type Hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { RowSorter, type RowSorterOptions } from '../arranging/RowSorter.ts';

/** Different values that are kept in memory; more go through files. */
const maxInMemory = 100_000;
/** A longer value is stood for by its SHA-256, which no two values have in common. */
const maxBytes = 32;
/** Values that are moved between two looks at the clock. */
const valuesPerLook = 1_024;
/** Bytes that are hashed in one turn of the event loop. */
const bytesPerTurn = 2 * 1024 * 1024;

/** Counts different values exactly, in bounded memory. `dispose` must be called in any case. */
export class DistinctCount {
  readonly #sorterOptions: RowSorterOptions;
  #seen: Set<string> | null = new Set();
  #sorter: RowSorter | null = null;

  constructor(options: RowSorterOptions) {
    this.#sorterOptions = options;
  }

  /** @returns a promise only when there was no room, or when the value is long */
  add(bytes: Buffer, from: number, to: number): Promise<void> | undefined {
    if (to - from > bytesPerTurn) return this.#addLong(bytes.subarray(from, to));
    const isShort = to - from <= maxBytes;
    return this.#put(isShort ? bytes.toString('latin1', from, to) : hashOf(bytes.subarray(from, to)));
  }

  async #addLong(bytes: Buffer): Promise<void> {
    const hash = createHash('sha256');
    for (let position = 0; position < bytes.length; position += bytesPerTurn) {
      hash.update(bytes.subarray(position, position + bytesPerTurn));
      await nextTurn();
    }
    await this.#put(standIn(hash));
  }

  #put(value: string): Promise<void> | undefined {
    if (this.#seen === null) return this.#sort(value);
    this.#seen.add(value);
    return this.#seen.size > maxInMemory ? this.#moveOn() : undefined;
  }

  async count(): Promise<number> {
    if (this.#sorter === null) return this.#seen?.size ?? 0;
    let count = 0;
    let last = Buffer.alloc(0);
    const take = (_row: number, keys: Buffer, from: number, to: number) => {
      if (count > 0 && last.compare(keys, from, to) === 0) return;
      count += 1;
      last = Buffer.from(keys.subarray(from, to));
    };
    await this.#sorter.finish(take, async () => undefined);
    return count;
  }

  async dispose(): Promise<void> {
    await this.#sorter?.dispose();
  }

  async #moveOn(): Promise<void> {
    const seen = this.#seen ?? [];
    this.#seen = null;
    this.#sorter = new RowSorter(this.#sorterOptions);
    let count = 0;
    for (const value of seen) {
      await this.#sort(value);
      count += 1;
      if (count % valuesPerLook === 0) await this.#sorterOptions.pace.rest();
    }
  }

  #sort(value: string): Promise<void> | undefined {
    const sorter = this.#sorter;
    if (sorter === null) return undefined;
    if (sorter.isFullFor(value.length)) return sorter.makeRoom().then(() => this.#sort(value));
    sorter.add(0, value.length, (target, at) => at + target.write(value, at, 'latin1'));
    return undefined;
  }
}

/** Longer than any value that stands for itself. */
const standIn = (hash: Hash): string => `#${hash.digest().toString('latin1')}`;
const hashOf = (bytes: Buffer): string => standIn(createHash('sha256').update(bytes));
