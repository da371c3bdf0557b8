import { ByteOutput } from '../files/ByteOutput.ts';
import type { AppendFile } from '../spool/AppendFile.ts';
import { prefixBytes, prefixOf } from './KeyBatch.ts';

/** Of a row's number and the length of its key. */
const headBytes = 8;
/** Entries are read in parts of this size, unless one is larger. */
const partBytes = 64 * 1024;
const writeBytes = 256 * 1024;

/** Rows in order, with their keys, in a file. */
export class SortedRun {
  readonly #file: AppendFile;
  readonly #output = new ByteOutput();

  constructor(file: AppendFile) {
    this.#file = file;
  }

  /** Keeps an entry; `write` must be called now and then. */
  add(row: number, keys: Buffer, from: number, to: number): void {
    const output = this.#output;
    output.reserve(headBytes);
    output.bytes.writeUInt32LE(row, output.length);
    output.bytes.writeUInt32LE(to - from, output.length + 4);
    output.length += headBytes;
    output.append(keys, from, to);
  }

  async write(): Promise<void> {
    if (this.#output.length >= writeBytes) await this.#file.append(this.#output.take());
  }

  async finish(): Promise<void> {
    await this.#file.append(this.#output.take());
    await this.#file.flush();
  }

  /** A cursor at its first entry. */
  async cursor(): Promise<RunCursor> {
    const cursor = new RunCursor(this.#file);
    await cursor.load();
    return cursor;
  }

  remove(): Promise<void> {
    return this.#file.remove();
  }
}

/** Goes over the entries of a run. */
export class RunCursor {
  readonly #file: AppendFile;
  bytes: Buffer = Buffer.alloc(0);
  #bytesAt = 0;
  #entry = 0;
  row = 0;
  prefix = 0;
  middle = 0;
  keyStart = 0;
  keyEnd = 0;

  constructor(file: AppendFile) {
    this.#file = file;
  }

  /** Whether there are no more entries. */
  get hasEnded(): boolean {
    return this.#bytesAt + this.#entry >= this.#file.byteCount;
  }

  /** Goes to the next entry. @returns false when it has to be loaded first, if it has not ended */
  advance(): boolean {
    this.#entry = this.keyEnd;
    return this.#see();
  }

  /** Reads the next entries. */
  async load(): Promise<void> {
    if (this.hasEnded) return;
    const position = this.#bytesAt + this.#entry;
    const rest = this.#file.byteCount - position;
    this.bytes = await this.#file.read(position, Math.min(partBytes, rest));
    const length = headBytes + this.bytes.readUInt32LE(4);
    if (length > this.bytes.length) this.bytes = await this.#file.read(position, length);
    this.#bytesAt = position;
    this.#entry = 0;
    this.#see();
  }

  #see(): boolean {
    const start = this.#entry + headBytes;
    if (start > this.bytes.length) return false;
    const end = start + this.bytes.readUInt32LE(this.#entry + 4);
    if (end > this.bytes.length) return false;
    this.row = this.bytes.readUInt32LE(this.#entry);
    this.keyStart = start;
    this.keyEnd = end;
    this.prefix = prefixOf(this.bytes, start, end);
    this.middle = prefixOf(this.bytes, start + prefixBytes, end);
    return true;
  }
}

/** By key, and by row where keys are equal. */
export function compareCursors(left: RunCursor, right: RunCursor): number {
  const byPrefix = left.prefix - right.prefix;
  if (byPrefix !== 0) return byPrefix;
  const byMiddle = left.middle - right.middle;
  if (byMiddle !== 0) return byMiddle;
  const byKey = left.bytes.compare(right.bytes, right.keyStart, right.keyEnd, left.keyStart, left.keyEnd);
  return byKey !== 0 ? byKey : left.row - right.row;
}
