import type { EncodedRows } from '../../connectors/RowStream.ts';
import type { ReadingPlace } from '../copy/ports.ts';
import { CopiedRows } from './CopiedRows.ts';
import { CursorOrder } from './CursorOrder.ts';
import type { CursorColumn, SavedCursor } from './cursors.ts';
import { requireFinite } from './cursors.ts';
import { orderedCells, type PlaceKeeper } from './places.ts';
import { cellAt, cellText, rowHash } from './rowCells.ts';

/** Rows that their server has ordered by the cursor: its value in the last row is the largest one so far. */
export class GrowingPlaces implements PlaceKeeper {
  readonly #column: CursorColumn;
  /** The columns by which rows are ordered; null: the place in the middle of them cannot be said. */
  readonly #order: readonly number[] | null;
  readonly #cursors: CursorOrder;
  readonly #copied: CopiedRows;
  readonly #savedKey: Buffer | null;
  #cursor: string | null;
  #cursorKey: Buffer | null;
  /** Rows with the saved value come first. */
  #isAtSaved: boolean;

  constructor(column: CursorColumn, order: readonly number[] | null, saved: SavedCursor) {
    this.#column = column;
    this.#order = order;
    this.#cursors = new CursorOrder(column.kind);
    this.#copied = new CopiedRows(saved.atCursor, column.isBinding, column.name);
    this.#cursor = saved.cursor;
    this.#savedKey = saved.cursor === null ? null : this.#cursors.keyOfText(saved.cursor);
    this.#cursorKey = this.#savedKey;
    this.#isAtSaved = column.remembers && this.#savedKey !== null;
  }

  wanted(rows: EncodedRows): EncodedRows {
    if (!this.#isAtSaved) return rows;
    const kept = rows.starts.filter((start) => !this.#isCopied(rows.bytes, start));
    return kept.length === rows.starts.length ? rows : { bytes: rows.bytes, starts: kept };
  }

  behind(rows: EncodedRows): ReadingPlace {
    const last = rows.starts.at(-1);
    if (last !== undefined) this.#move(rows, last);
    return {
      cursor: this.#cursor,
      atCursor: this.#column.remembers ? this.#copied.list : [],
      after: orderedCells(rows, this.#order),
    };
  }

  #isCopied(bytes: Buffer, start: number): boolean {
    if (!this.#isAtSaved || this.#savedKey === null) return false;
    this.#isAtSaved = this.#has(bytes, start, this.#savedKey);
    return this.#isAtSaved && this.#copied.takes(this.#hash(bytes, start));
  }

  #move(rows: EncodedRows, last: number): void {
    const { index } = this.#column;
    const text = cellText(rows.bytes, last, index);
    if (text === null) return;
    requireFinite(this.#column.name, text);
    const key = this.#cursors.keyOfText(text);
    const order = this.#cursorKey === null ? 1 : key.compare(this.#cursorKey);
    // Only a look-back reads what is smaller than the saved value, which never goes back.
    if (order < 0) return;
    if (order > 0) {
      this.#cursor = text;
      this.#cursorKey = key;
      this.#copied.clear();
    }
    if (this.#column.remembers) this.#remember(rows, key, text);
  }

  /** The rows at the end of the batch that have the value. */
  #remember({ bytes, starts }: EncodedRows, key: Buffer, text: string): void {
    let first = starts.length;
    while (first > 0 && this.#has(bytes, starts[first - 1] ?? 0, key)) first -= 1;
    for (let row = first; row < starts.length; row += 1) {
      this.#copied.add(this.#hash(bytes, starts[row] ?? 0), text);
    }
  }

  #has(bytes: Buffer, start: number, key: Buffer): boolean {
    const { from, to } = cellAt(bytes, start, this.#column.index);
    return from >= 0 && this.#cursors.hasKey(bytes, from, to, key);
  }

  #hash(bytes: Buffer, start: number): string {
    return rowHash(bytes, start, this.#column.identity, this.#column.columnCount);
  }
}
