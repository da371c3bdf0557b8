import { AppError } from '../../base/AppError.ts';
import type { EncodedRows, Row } from '../RowStream.ts';

/** What a row takes beside its bytes: its place in the list. */
const rowOverheadBytes = 32;

/** Rows that lie in one chunk of what arrived. */
export interface RowChunk {
  readonly bytes: Buffer;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

interface WaitingChunk {
  readonly bytes: Buffer;
  readonly starts: number[];
  readonly ends: number[];
  /** The first row that was not taken yet. */
  position: number;
}

export const noEncodedRows: EncodedRows = { bytes: Buffer.alloc(0), starts: new Uint32Array(0) };

/** Rows that wait to be read, where they arrived: nothing is copied or decoded before somebody wants it. */
export class WaitingRows {
  #chunks: WaitingChunk[] = [];
  #byteCount = 0;
  #rowCount = 0;

  /** What the waiting rows take, about. */
  get byteCount(): number {
    return this.#byteCount;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /** @param start of the row, which ends before `end` */
  add(bytes: Buffer, start: number, end: number): void {
    this.#byteCount += end - start + rowOverheadBytes;
    this.#rowCount += 1;
    const last = this.#chunks.at(-1);
    if (last?.bytes === bytes) {
      last.starts.push(start);
      last.ends.push(end);
    } else this.#chunks.push({ bytes, starts: [start], ends: [end], position: 0 });
  }

  /** The next rows of one chunk, up to so many bytes unless the first one is larger; null when none waits. */
  takeChunk(maxBytes: number): RowChunk | null {
    const chunk = this.#chunks[0];
    if (chunk === undefined) return null;
    const { bytes, starts, ends, position } = chunk;
    const limit = (starts[position] ?? 0) + maxBytes;
    let end = position + 1;
    if ((ends.at(-1) ?? 0) <= limit) end = starts.length;
    while (end < starts.length && (ends[end] ?? 0) <= limit) end += 1;
    this.#taken(chunk, end);
    if (position === 0 && end === starts.length) return chunk;
    return { bytes, starts: starts.slice(position, end), ends: ends.slice(position, end) };
  }

  /**
   * At most so many rows, as texts.
   * @throws what `read` does, or TOO_LARGE for a value that is longer than a string can be
   */
  take(maxRows: number, read: (bytes: Buffer, start: number, end: number) => Row): readonly Row[] {
    const rows: Row[] = [];
    let chunk = this.#chunks[0];
    while (chunk !== undefined && rows.length < maxRows) {
      const { bytes, starts, ends, position } = chunk;
      const end = Math.min(starts.length, position + maxRows - rows.length);
      this.#taken(chunk, end);
      for (let index = position; index < end; index += 1) {
        rows.push(asText(() => read(bytes, starts[index] ?? 0, ends[index] ?? 0)));
      }
      chunk = this.#chunks[0];
    }
    return rows;
  }

  drop(): void {
    this.#chunks = [];
    this.#byteCount = 0;
    this.#rowCount = 0;
  }

  /** The rows of the first chunk up to `end` are taken. */
  #taken(chunk: WaitingChunk, end: number): void {
    const { starts, ends, position } = chunk;
    for (let index = position; index < end; index += 1) {
      this.#byteCount -= (ends[index] ?? 0) - (starts[index] ?? 0) + rowOverheadBytes;
    }
    this.#rowCount -= end - position;
    chunk.position = end;
    if (end === starts.length) this.#chunks.shift();
  }
}

/** Node's error for a string that V8 cannot make. */
const stringTooLong = 'ERR_STRING_TOO_LONG';

function asText(read: () => Row): Row {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === stringTooLong)) throw cause;
    throw new AppError('TOO_LARGE', {
      title: 'A value is too long to be read as one text',
      fixes: ['Read a part of it, such as substring(value, 1, 1000000).'],
      cause,
    });
  }
}
