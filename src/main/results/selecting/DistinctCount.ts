import { createHash, type Hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { RowSorter, type RowSorterOptions } from '../arranging/RowSorter.ts';
import { ByteSet, maxValueBytes } from './ByteSet.ts';

/** Values that are moved between two looks at the clock. */
const valuesPerLook = 1_024;
/** Bytes that are hashed in one turn of the event loop. */
const bytesPerTurn = 1024 * 1024;

/**
 * Counts different values exactly, in bounded memory: more of them than memory holds are sorted in files. A long value is
 * stood for by its SHA-256, which no two values have in common. `dispose` must be called in any case.
 */
export class DistinctCount {
  readonly #sorterOptions: RowSorterOptions;
  #seen: ByteSet | null = new ByteSet();
  #sorter: RowSorter | null = null;

  constructor(options: RowSorterOptions) {
    this.#sorterOptions = options;
  }

  /** @returns a promise only when there was no room, or when the value is long */
  add(bytes: Buffer, from: number, to: number): Promise<void> | undefined {
    if (to - from < maxValueBytes) return this.#put(bytes, from, to);
    if (to - from > bytesPerTurn) return this.#addLong(bytes.subarray(from, to));
    const standIn = standInOf(createHash('sha256').update(bytes.subarray(from, to)));
    return this.#put(standIn, 0, standIn.length);
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

  async #addLong(bytes: Buffer): Promise<void> {
    const hash = createHash('sha256');
    for (let position = 0; position < bytes.length; position += bytesPerTurn) {
      hash.update(bytes.subarray(position, position + bytesPerTurn));
      await nextTurn();
    }
    const standIn = standInOf(hash);
    await this.#put(standIn, 0, standIn.length);
  }

  #put(bytes: Buffer, from: number, to: number): Promise<void> | undefined {
    if (this.#seen === null) return this.#sort(bytes, from, to);
    if (this.#seen.add(bytes, from, to)) return undefined;
    return this.#moveOn(this.#seen).then(() => this.#sort(bytes, from, to));
  }

  async #moveOn(seen: ByteSet): Promise<void> {
    this.#seen = null;
    this.#sorter = new RowSorter(this.#sorterOptions);
    let count = 0;
    for (const { bytes, from, to } of seen.values()) {
      await this.#sort(bytes, from, to);
      count += 1;
      if (count % valuesPerLook === 0) await this.#sorterOptions.pace.rest();
    }
  }

  #sort(bytes: Buffer, from: number, to: number): Promise<void> | undefined {
    const sorter = this.#sorter;
    if (sorter === null) return undefined;
    const room = 1 + to - from;
    if (sorter.isFullFor(room)) return sorter.makeRoom().then(() => this.#sort(bytes, from, to));
    sorter.add(0, room, (target, at) => {
      // In front, so that no key is the beginning of another one.
      target[at] = to - from;
      return at + 1 + bytes.copy(target, at + 1, from, to);
    });
    return undefined;
  }
}

/** As long as no value that stands for itself: the hash with zeros behind it. */
function standInOf(hash: Hash): Buffer {
  const standIn = Buffer.alloc(maxValueBytes);
  hash.digest().copy(standIn);
  return standIn;
}
