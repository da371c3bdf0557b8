import type { PlannedColumn } from '../../../../../shared/model/pipelineViews.ts';
import type { Pace } from '../../../../base/async/Pace.ts';
import type { EncodedRows } from '../../../../connectors/RowStream.ts';
import type { RejectedRow, ValueLoss } from '../../../copy/ports.ts';
import type { FileRows } from '../FileRows.ts';
import { Lost, type ParquetCell } from './ParquetCell.ts';
import { type ColumnValues, ParquetFile } from './ParquetFile.ts';
import { parquetCell } from './parquetCells.ts';
import { parquetElement } from './parquetElement.ts';

/** A group is written when it has so many rows, or its cells so many bytes: it is in memory until then. */
const groupRows = 32_768;
const groupBytes = 32 * 1024 * 1024;
/** Rows between two looks at the clock. */
const rowsPerLook = 256;
const headerBytes = 4;

/** Parquet: values by their types, in groups of rows. */
export class ParquetRows implements FileRows {
  readonly #columns: readonly PlannedColumn[];
  readonly #readers: readonly ParquetCell[];
  readonly #values: readonly ColumnValues[];
  readonly #file: ParquetFile;
  readonly #pace: Pace;
  /** How often each reason came in each column. */
  readonly #losses: readonly Map<Lost, number>[];
  #rowCount = 0;
  #byteCount = 0;

  constructor(columns: readonly PlannedColumn[], pace: Pace, write: (bytes: Uint8Array) => Promise<void>) {
    this.#columns = columns;
    this.#readers = columns.map(parquetCell);
    this.#values = columns.map(() => []);
    this.#losses = columns.map(() => new Map());
    this.#file = new ParquetFile(columns.map(parquetElement), pace, write);
    this.#pace = pace;
  }

  get losses(): readonly ValueLoss[] {
    return this.#losses.flatMap((losses, index) =>
      [...losses].map(([{ reason }, count]) => ({ column: this.#columns[index]?.name ?? '', reason, count })),
    );
  }

  async add({ bytes, starts }: EncodedRows): Promise<readonly RejectedRow[]> {
    const rejected: RejectedRow[] = [];
    for (let index = 0; index < starts.length; index += 1) {
      const from = starts[index] ?? 0;
      const unreadable = this.#row(bytes, from);
      if (unreadable < 0) this.#rowCount += 1;
      else rejected.push(this.#reject(bytes, from, unreadable));
      this.#byteCount += (starts[index + 1] ?? bytes.length) - from;
      if (this.#rowCount >= groupRows || this.#byteCount >= groupBytes) await this.#endGroup();
      if (index % rowsPerLook === 0 && this.#pace.isOver) await this.#pace.rest();
    }
    return rejected;
  }

  async end(): Promise<void> {
    await this.#endGroup();
    await this.#file.end();
  }

  /** @returns the first column whose cell is no value of its type; -1: the row was taken */
  #row(bytes: Buffer, from: number): number {
    const readers = this.#readers;
    let position = from;
    for (let column = 0; column < readers.length; column += 1) {
      const length = bytes.readInt32BE(position);
      position += headerBytes;
      const end = length < 0 ? position : position + length;
      const value = length < 0 ? undefined : (readers[column]?.(bytes, position, end) ?? null);
      if (value === null) return column;
      this.#values[column]?.push(value instanceof Lost ? this.#lose(column, value) : value);
      position = end;
    }
    return -1;
  }

  #lose(column: number, lost: Lost): undefined {
    const losses = this.#losses[column];
    losses?.set(lost, (losses.get(lost) ?? 0) + 1);
  }

  /** Takes back the cells of a row up to the one that cannot be read. */
  #reject(bytes: Buffer, from: number, unreadable: number): RejectedRow {
    for (const values of this.#values) values.length = this.#rowCount;
    const { name = '', declared = '' } = this.#columns[unreadable] ?? {};
    const reason = `The value of “${name}” cannot be stored as ${declared}.`;
    return { cells: cellsOf(bytes, from, this.#columns.length), reason };
  }

  async #endGroup(): Promise<void> {
    if (this.#rowCount === 0) return;
    await this.#file.addGroup(this.#values, this.#rowCount);
    for (const values of this.#values) values.length = 0;
    this.#rowCount = 0;
    this.#byteCount = 0;
  }
}

function cellsOf(bytes: Buffer, from: number, columnCount: number): (string | null)[] {
  let position = from;
  return Array.from({ length: columnCount }, () => {
    const length = bytes.readInt32BE(position);
    const start = position + headerBytes;
    position = start + Math.max(0, length);
    return length < 0 ? null : bytes.toString('utf8', start, position);
  });
}
