import type { AppendFile } from './AppendFile.ts';
import { findCells } from './cells.ts';
import { countLongText } from './characters.ts';

/** A text of more bytes is long: its characters are counted once, when it arrives. */
export const longTextBytes = 8 * 1024;
/** A key and a count, as floating-point numbers: whole numbers up to 2^53. */
const recordBytes = 16;
const recordsPerPage = 256;
/** More than any engine has columns. */
const maxColumns = 65_536;

const keyOf = (row: number, column: number): number => row * maxColumns + column;

/**
 * How many characters the long texts of a result have, in a file of their own: counting those of 100 MB takes longer than
 * reading a window may. Texts of plain ASCII are left out; they have as many characters as bytes.
 */
export class LongTexts {
  readonly #file: AppendFile;
  #count = 0;
  /** The key of the first record of each page. */
  readonly #pageKeys: number[] = [];

  constructor(file: AppendFile) {
    this.#file = file;
  }

  /** Looks for long texts in a row, which was not looked at before and comes after all that were. */
  async add(row: number, bytes: Uint8Array, from: number, to: number, columnCount: number): Promise<void> {
    const bounds = new Int32Array(2 * columnCount);
    findCells(bytes, from, to, columnCount, bounds);
    for (let column = 0; column < columnCount; column += 1) {
      const start = bounds[2 * column] ?? -1;
      const end = bounds[2 * column + 1] ?? -1;
      if (end - start <= longTextBytes) continue;
      const text = bytes.subarray(start, end);
      const characters = await countLongText(text);
      if (characters !== text.length) await this.#append(keyOf(row, column), characters);
    }
  }

  flush(): Promise<void> {
    return this.#file.flush();
  }

  /** Characters of a long text of so many bytes. */
  async charactersOf(row: number, column: number, byteLength: number): Promise<number> {
    const key = keyOf(row, column);
    const page = this.#pageOf(key);
    if (page < 0) return byteLength;
    const first = page * recordsPerPage;
    const length = Math.min(recordsPerPage, this.#count - first) * recordBytes;
    const bytes = await this.#file.read(first * recordBytes, length);
    for (let position = 0; position < length; position += recordBytes) {
      if (bytes.readDoubleLE(position) === key) return bytes.readDoubleLE(position + 8);
    }
    return byteLength;
  }

  async #append(key: number, characters: number): Promise<void> {
    const record = Buffer.allocUnsafe(recordBytes);
    record.writeDoubleLE(key, 0);
    record.writeDoubleLE(characters, 8);
    await this.#file.append(record);
    if (this.#count % recordsPerPage === 0) this.#pageKeys.push(key);
    this.#count += 1;
  }

  /** The page that holds the key if any does; -1 when all keys are greater. */
  #pageOf(key: number): number {
    let low = 0;
    let high = this.#pageKeys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#pageKeys[middle] ?? 0) <= key) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
