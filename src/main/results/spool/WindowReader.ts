import { setImmediate as nextTurn } from 'node:timers/promises';
import { type WindowCell, windowCellLength } from '../../../shared/model/results.ts';
import { longTextBytes } from './LongTexts.ts';
import { RowCursor } from './RowCursor.ts';
import type { Spool } from './Spool.ts';
import { beginningOf, cellOf, WindowCells } from './windowCells.ts';

/** A row of more bytes is read cell by cell, without the rest of its long texts. */
const wholeRowBytes = 64 * 1024;
/** Rows that are read at once. */
const blockBytes = 4 * 1024 * 1024;
/** Cells that are made in one turn of the event loop: a few milliseconds. */
const cellsPerTurn = 20_000;

interface Columns {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** A row of a window: where its bytes are, and which row of the window it becomes. */
interface RowPlace {
  readonly row: number;
  readonly start: number;
  readonly end: number;
  readonly place: number;
}

/** Reads some rows of a spool as a window shows them. */
export class WindowReader {
  readonly #spool: Spool;
  readonly #columns: Columns;
  readonly #cells: WindowCells;
  readonly #rows: WindowCell[][];
  /** Lengths that are still being looked up. */
  readonly #lengths: Promise<void>[] = [];
  #cellCount = 0;

  constructor(spool: Spool, columns: Columns, rowCount: number) {
    this.#spool = spool;
    this.#columns = { from: columns.from, to: Math.min(columns.to, spool.columnCount) };
    this.#cells = new WindowCells(spool.columnCount);
    this.#rows = Array.from({ length: rowCount }, () => []);
  }

  /** @param positions rows of the spool, in any order, all of them there */
  async read(positions: ArrayLike<number>): Promise<WindowCell[][]> {
    await Promise.all(runsOf(positions).map((run) => this.#readRun(run)));
    await Promise.all(this.#lengths);
    return this.#rows;
  }

  /** Reads rows that follow each other in the spool. */
  async #readRun(run: readonly { readonly row: number; readonly place: number }[]): Promise<void> {
    const starts = await this.#spool.starts(run[0]?.row ?? 0, run.length);
    let block: RowPlace[] = [];
    const large: RowPlace[] = [];
    for (const [index, { row, place }] of run.entries()) {
      const found = { row, place, start: starts[index] ?? 0, end: starts[index + 1] ?? 0 };
      const isLarge = found.end - found.start > wholeRowBytes;
      if (isLarge) large.push(found);
      if (isLarge || found.end - (block[0]?.start ?? found.start) > blockBytes) {
        await this.#readBlock(block);
        block = [];
      }
      if (!isLarge) block.push(found);
    }
    await this.#readBlock(block);
    await Promise.all(large.map((row) => this.#readLarge(row)));
  }

  async #readBlock(block: readonly RowPlace[]): Promise<void> {
    const first = block[0];
    const last = block.at(-1);
    if (first === undefined || last === undefined) return;
    const bytes = await this.#spool.read(first.start, last.end - first.start);
    const rows = { bytes, text: bytes.toString('latin1') };
    for (const { row, place, start, end } of block) {
      const range = { from: start - first.start, to: end - first.start };
      const cells = this.#cells.row(rows, range, this.#columns, (column, { start: text, byteLength }) =>
        this.#lengths.push(this.#setLong(row, place, column, text, byteLength)),
      );
      this.#rows[place] = cells;
      this.#cellCount += cells.length;
      if (this.#cellCount < cellsPerTurn) continue;
      this.#cellCount = 0;
      await nextTurn();
    }
  }

  async #readLarge({ row, place, start, end }: RowPlace): Promise<void> {
    const cursor = new RowCursor(this.#spool, start, end);
    const cells: WindowCell[] = [];
    for (let column = 0; column < this.#columns.to; column += 1) {
      const cell = await cursor.next();
      if (column < this.#columns.from) continue;
      if (cell === null) {
        cells.push(null);
        continue;
      }
      const { position, byteLength } = cell;
      if (byteLength <= longTextBytes) {
        cells.push(cellOf(await cursor.bytes(position, byteLength), 0, byteLength));
        continue;
      }
      const bytes = await cursor.bytes(position, windowCellLength * 4);
      const length = await this.#spool.longTextCharacters(row, column, byteLength);
      cells.push({ start: beginningOf(bytes, 0, bytes.length), length });
    }
    this.#rows[place] = cells;
  }

  async #setLong(
    row: number,
    place: number,
    column: number,
    start: string,
    byteLength: number,
  ): Promise<void> {
    const length = await this.#spool.longTextCharacters(row, column, byteLength);
    const cells = this.#rows[place];
    if (cells !== undefined) cells[column - this.#columns.from] = { start, length };
  }
}

/** Rows that follow each other in the spool, together. */
function runsOf(positions: ArrayLike<number>): { row: number; place: number }[][] {
  const wanted = Array.from(positions, (row, place) => ({ row, place }));
  wanted.sort((left, right) => left.row - right.row);
  const runs: { row: number; place: number }[][] = [];
  let run: { row: number; place: number }[] = [];
  for (const row of wanted) {
    if (row.row !== (run.at(-1)?.row ?? Number.NaN) + 1) {
      run = [];
      runs.push(run);
    }
    run.push(row);
  }
  return runs;
}
