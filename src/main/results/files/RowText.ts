import type { ResultColumn } from '../../../shared/model/results.ts';
import type { Pace } from '../../base/async/Pace.ts';
import type { EncodedRows } from '../../connectors/RowStream.ts';
import { findCells } from '../spool/cells.ts';
import { ByteOutput } from './ByteOutput.ts';
import type { RowEncoder } from './RowEncoder.ts';

/** Text is handed on in parts of about this size. */
const flushBytes = 256 * 1024;
/** Rows that are written between two looks at the clock. */
const rowsPerLook = 64;
/** A row of more bytes is encoded cell by cell, so that its text does not pile up. */
const longRowBytes = 256 * 1024;
/** A cell of more bytes is encoded in parts, so that the event loop is not blocked. */
const longCellBytes = 1024 * 1024;
/** Bytes of such a part. */
const partBytes = 256 * 1024;

/** Stands for a column whose cells are written as NULL. */
export const blankColumn = -1;

/** Rows that are about to be written. */
export interface RowSource {
  readonly columns: readonly ResultColumn[];
  /** Only these columns, by position, in this order; null: all of them. */
  readonly picked: readonly number[] | null;
  /** Null when it is not known. */
  readonly rowsTotal: number | null;
  readonly blocks: AsyncIterable<EncodedRows>;
}

export interface RowTextOptions {
  /** Of a whole row. */
  readonly columnCount: number;
  /** The columns that are written, by their position, in this order. */
  readonly columns: readonly number[];
  readonly encoder: RowEncoder;
  readonly pace: Pace;
  /** Takes text; it is overwritten when this resolves. */
  readonly write: (bytes: Buffer) => Promise<void>;
}

/** Writes rows as text, a part at a time, in memory that does not grow with them. */
export class RowText {
  readonly #options: RowTextOptions;
  readonly #output = new ByteOutput();
  readonly #bounds: Int32Array;
  #rowCount = 0;
  #byteCount = 0;

  constructor(options: RowTextOptions) {
    this.#options = options;
    this.#bounds = new Int32Array(2 * options.columnCount);
    options.encoder.begin(this.#output);
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  get byteCount(): number {
    return this.#byteCount + this.#output.length;
  }

  /**
   * @param columns as of the options, where some may be `blankColumn` for these rows
   * @throws what `write` throws
   */
  async add({ bytes, starts }: EncodedRows, columns = this.#options.columns): Promise<void> {
    const { encoder, pace } = this.#options;
    for (let index = 0; index < starts.length; index += 1) {
      const from = starts[index] ?? 0;
      const to = starts[index + 1] ?? bytes.length;
      encoder.beginRow(this.#rowCount === 0, this.#output);
      if (to - from > longRowBytes) await this.#longRow(bytes, from, to, columns);
      else this.#row(bytes, from, to, columns);
      encoder.endRow(this.#output);
      this.#rowCount += 1;
      if (this.#output.length >= flushBytes) await this.#flush();
      else if (this.#rowCount % rowsPerLook === 0 && pace.isOver) await pace.rest();
    }
  }

  /** @throws what `write` throws */
  async end(): Promise<void> {
    this.#options.encoder.end(this.#output);
    await this.#flush();
  }

  #row(bytes: Buffer, from: number, to: number, columns: readonly number[]): void {
    const { encoder, columnCount } = this.#options;
    findCells(bytes, from, to, columnCount, this.#bounds);
    for (let place = 0; place < columns.length; place += 1) {
      const column = columns[place] ?? 0;
      const start = this.#bounds[2 * column] ?? -1;
      encoder.cell(place, bytes, start, this.#bounds[2 * column + 1] ?? -1, this.#output);
    }
  }

  async #longRow(bytes: Buffer, from: number, to: number, columns: readonly number[]): Promise<void> {
    const { encoder, columnCount } = this.#options;
    findCells(bytes, from, to, columnCount, this.#bounds);
    for (const [place, column] of columns.entries()) {
      const start = this.#bounds[2 * column] ?? -1;
      const end = this.#bounds[2 * column + 1] ?? -1;
      if (end - start > longCellBytes) await this.#longCell(place, bytes, start, end);
      else encoder.cell(place, bytes, start, end, this.#output);
      if (this.#output.length >= flushBytes) await this.#flush();
    }
  }

  async #longCell(place: number, bytes: Buffer, start: number, end: number): Promise<void> {
    const encoder = this.#options.encoder.longCell(place);
    encoder.begin(this.#output);
    let position = start;
    while (position < end) {
      const to = wholeCharacters(bytes, position, Math.min(position + partBytes, end), end);
      encoder.part(bytes, position, to, this.#output);
      position = to;
      await this.#flush();
    }
    encoder.end(this.#output);
  }

  async #flush(): Promise<void> {
    const text = this.#output.take();
    this.#byteCount += text.length;
    await this.#options.write(text);
    await this.#options.pace.rest();
  }
}

/** Moves the end of a part behind the character that it would cut. */
function wholeCharacters(bytes: Buffer, from: number, to: number, end: number): number {
  let position = to;
  while (position < Math.min(to + 3, end) && position > from && ((bytes[position] ?? 0) & 0xc0) === 0x80)
    position += 1;
  return position;
}
