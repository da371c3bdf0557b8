import type { PlannedColumn } from '../../../../../shared/model/pipelineViews.ts';
import type { Pace } from '../../../../base/async/Pace.ts';
import type { EncodedRows } from '../../../../connectors/RowStream.ts';
import { headerBytes } from '../../../../results/spool/cells.ts';
import type { RejectedRow, ValueLoss } from '../../../copy/ports.ts';
import { cellTexts } from '../../../reading/rowCells.ts';
import type { FileRows } from '../FileRows.ts';
import { BytesStore, type ColumnStore, columnStore } from './ColumnStore.ts';
import { Lost, type ParquetCell } from './ParquetCell.ts';
import { ParquetFile } from './ParquetFile.ts';
import { isTextColumn, parquetCell } from './parquetCells.ts';
import { parquetElement } from './parquetElement.ts';

/** A group is written when it has so many rows, or its cells so many bytes: it is in memory until then. */
const groupRows = 32_768;
const groupBytes = 32 * 1024 * 1024;
/** Rows between two looks at the clock. */
const rowsPerLook = 256;

/** Parquet: values by their types, in groups of rows. */
export class ParquetRows implements FileRows {
  readonly #columns: readonly PlannedColumn[];
  readonly #readers: readonly ParquetCell[];
  readonly #stores: readonly ColumnStore[];
  /** The same ones, of columns whose bytes go into the file as they are. */
  readonly #texts: readonly (BytesStore | undefined)[];
  readonly #file: ParquetFile;
  readonly #pace: Pace;
  /** How often each reason came in each column. */
  readonly #losses: readonly Map<Lost, number>[];
  #rowCount = 0;
  #byteCount = 0;

  constructor(columns: readonly PlannedColumn[], pace: Pace, write: (bytes: Uint8Array) => Promise<void>) {
    this.#columns = columns;
    this.#readers = columns.map(parquetCell);
    const elements = columns.map(parquetElement);
    this.#texts = columns.map((column) => (isTextColumn(column) ? new BytesStore() : undefined));
    this.#stores = elements.map(({ type }, index) => this.#texts[index] ?? columnStore(type));
    this.#losses = columns.map(() => new Map());
    this.#file = new ParquetFile(elements, pace, write);
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
    let position = from;
    for (let column = 0; column < this.#stores.length; column += 1) {
      const length = bytes.readInt32BE(position);
      position += headerBytes;
      if (!this.#cell(column, bytes, position, length)) return column;
      if (length > 0) position += length;
    }
    return -1;
  }

  /** @param length -1 for NULL @returns whether it was taken */
  #cell(column: number, bytes: Buffer, from: number, length: number): boolean {
    const text = this.#texts[column];
    if (text !== undefined) {
      text.addCopy(bytes, from, from + length);
      return true;
    }
    const value = length < 0 ? undefined : (this.#readers[column]?.(bytes, from, from + length) ?? null);
    if (value === null) return false;
    this.#stores[column]?.add(value instanceof Lost ? this.#lose(column, value) : value);
    return true;
  }

  #lose(column: number, lost: Lost): undefined {
    const losses = this.#losses[column];
    losses?.set(lost, (losses.get(lost) ?? 0) + 1);
  }

  /** Takes back the cells of a row up to the one that cannot be read. */
  #reject(bytes: Buffer, from: number, unreadable: number): RejectedRow {
    for (const store of this.#stores) store.truncate(this.#rowCount);
    const { name = '', declared = '' } = this.#columns[unreadable] ?? {};
    const reason = `The value of “${name}” cannot be stored as ${declared}.`;
    return { cells: cellTexts(bytes, from, this.#columns.length), reason };
  }

  async #endGroup(): Promise<void> {
    if (this.#rowCount === 0) return;
    await this.#file.addGroup(this.#stores, this.#rowCount);
    for (const store of this.#stores) store.truncate(0);
    this.#rowCount = 0;
    this.#byteCount = 0;
  }
}
