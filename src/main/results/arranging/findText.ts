import type { FindInput, Found } from '../../../shared/model/results.ts';
import type { Pace } from '../../base/async/Pace.ts';
import type { EncodedRows } from '../../connectors/RowStream.ts';
import type { ProgressReport } from '../ProgressReport.ts';
import { findCells } from '../spool/cells.ts';
import { longSearchBytes, TextSearch } from './TextSearch.ts';

/** Rows that are looked at between two looks at the clock. */
const rowsPerLook = 128;
/** Rows that are read at once when the search goes backwards. */
const rowsBackwards = 4_096;

export interface FindOptions {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly blocks: (from: number, to: number) => AsyncIterable<EncodedRows>;
  readonly pace: Pace;
  readonly progress: ProgressReport;
}

/** Rows to look through, `to` not among them, and the first and last of their columns that count. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
  readonly hasWrapped: boolean;
}

/** Columns that are looked at one after the other, forwards or backwards. */
interface Columns {
  readonly from: number;
  readonly to: number;
  readonly step: 1 | -1;
}

/** Looks for the next cell that holds a text, once around. @throws the abort's reason */
export async function findText(input: FindInput, options: FindOptions): Promise<Found> {
  const finding = new Finding(input, options);
  for (const stretch of stretchesOf(input, options)) {
    const found = input.backwards ? await finding.backwards(stretch) : await finding.forwards(stretch);
    if (found !== null) return { ...found, hasWrapped: stretch.hasWrapped };
  }
  return null;
}

/** From behind the cell to the end, then from the beginning up to the cell itself; backwards likewise. */
function stretchesOf({ after, backwards }: FindInput, { rowCount, columnCount }: FindOptions): Stretch[] {
  const last = columnCount - 1;
  const whole = { firstColumn: 0, lastColumn: last };
  if (after === null) return [{ from: 0, to: rowCount, ...whole, hasWrapped: false }];
  const { column } = after;
  const row = Math.min(after.row, rowCount - 1);
  const left = { from: row, to: row + 1, firstColumn: 0, lastColumn: Math.min(column - 1, last) };
  const right = { from: row, to: row + 1, firstColumn: column + 1, lastColumn: last };
  const here = { from: row, to: row + 1, firstColumn: column, lastColumn: Math.min(column, last) };
  const above = { from: 0, to: row, ...whole };
  const below = { from: row + 1, to: rowCount, ...whole };
  const [first, second] = backwards
    ? [
        [left, above],
        [below, right],
      ]
    : [
        [right, below],
        [above, left],
      ];
  return [
    ...(first ?? []).map((stretch) => ({ ...stretch, hasWrapped: false })),
    ...(second ?? []).map((stretch) => ({ ...stretch, hasWrapped: true })),
    { ...here, hasWrapped: true },
  ];
}

class Finding {
  readonly #search: TextSearch;
  readonly #options: FindOptions;
  readonly #pace: Pace;
  readonly #bounds: Int32Array;
  #rowsDone = 0;

  constructor({ text, matchesCase }: FindInput, options: FindOptions) {
    this.#search = new TextSearch(text, matchesCase);
    this.#options = options;
    this.#pace = options.pace;
    this.#bounds = new Int32Array(2 * options.columnCount);
  }

  async forwards(stretch: Stretch): Promise<{ row: number; column: number } | null> {
    if (stretch.firstColumn > stretch.lastColumn) return null;
    let row = stretch.from;
    for await (const rows of this.#options.blocks(stretch.from, stretch.to)) {
      for (let index = 0; index < rows.starts.length; index += 1) {
        if (index % rowsPerLook === 0) await this.#pace.rest();
        const seen = this.#look(rows, index, stretch, false);
        const column = typeof seen === 'number' ? seen : await seen;
        if (column >= 0) return { row: row + index, column };
      }
      row += rows.starts.length;
      this.#report(rows.starts.length);
    }
    return null;
  }

  async backwards(stretch: Stretch): Promise<{ row: number; column: number } | null> {
    if (stretch.firstColumn > stretch.lastColumn) return null;
    for (let to = stretch.to; to > stretch.from; to -= rowsBackwards) {
      const from = Math.max(stretch.from, to - rowsBackwards);
      const found = await this.#lastIn(from, to, stretch);
      if (found !== null) return found;
      this.#report(to - from);
    }
    return null;
  }

  /** Reads forwards and keeps the last one found, so that the rows need not be in memory together. */
  async #lastIn(from: number, to: number, stretch: Stretch): Promise<{ row: number; column: number } | null> {
    let found: { row: number; column: number } | null = null;
    let row = from;
    for await (const rows of this.#options.blocks(from, to)) {
      for (let index = 0; index < rows.starts.length; index += 1) {
        if (index % rowsPerLook === 0) await this.#pace.rest();
        const seen = this.#look(rows, index, stretch, true);
        const column = typeof seen === 'number' ? seen : await seen;
        if (column >= 0) found = { row: row + index, column };
      }
      row += rows.starts.length;
    }
    return found;
  }

  /**
   * @returns the first column of the row that holds the text, or the last one; -1 when none does. A promise only where a
   *   cell is long.
   */
  #look(
    { bytes, starts }: EncodedRows,
    index: number,
    { firstColumn, lastColumn }: Stretch,
    last: boolean,
  ): number | Promise<number> {
    const to = starts[index + 1] ?? bytes.length;
    findCells(bytes, starts[index] ?? 0, to, this.#options.columnCount, this.#bounds);
    const columns: Columns = last
      ? { from: lastColumn, to: firstColumn - 1, step: -1 }
      : { from: firstColumn, to: lastColumn + 1, step: 1 };
    return this.#lookIn(bytes, columns);
  }

  /** @param columns `to` not among them */
  #lookIn(bytes: Buffer, columns: Columns): number | Promise<number> {
    for (let column = columns.from; column !== columns.to; column += columns.step) {
      const from = this.#bounds[2 * column] ?? -1;
      const end = this.#bounds[2 * column + 1] ?? -1;
      if (from < 0) continue;
      if (end - from > longSearchBytes) {
        const rest = { ...columns, from: column + columns.step };
        return this.#search
          .isInLong(bytes, from, end)
          .then((isFound) => (isFound ? column : this.#lookIn(bytes, rest)));
      }
      if (this.#search.isIn(bytes, from, end)) return column;
    }
    return -1;
  }

  #report(rowCount: number): void {
    this.#rowsDone += rowCount;
    this.#options.progress.give({
      rowsDone: this.#rowsDone,
      rowsTotal: this.#options.rowCount,
      bytesDone: 0,
    });
  }
}
