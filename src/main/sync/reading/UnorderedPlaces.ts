import type { EncodedRows } from '../../connectors/RowStream.ts';
import type { ReadingPlace } from '../copy/ports.ts';
import { CopiedRows } from './CopiedRows.ts';
import { CursorOrder } from './CursorOrder.ts';
import { type CursorColumn, requireFinite, type SavedCursor } from './cursors.ts';
import type { PlaceKeeper } from './places.ts';
import { cellAt, rowHash } from './rowCells.ts';

/**
 * Rows that come in no order, such as those of an API: the largest value of the cursor is known behind the last of them
 * only, and what the API did not leave out is left out here.
 */
export class UnorderedPlaces implements PlaceKeeper {
  readonly #column: CursorColumn;
  readonly #saved: SavedCursor;
  readonly #cursors: CursorOrder;
  readonly #copied: CopiedRows;
  readonly #savedKey: Buffer | null;
  /** The smallest value that is wanted; null: any. */
  readonly #leastKey: Buffer | null;
  #largest: string | null;
  #largestKey: Buffer | null;

  /** @param least the smallest value that is wanted, as the source writes it; null: any */
  constructor(column: CursorColumn, saved: SavedCursor, least: string | null) {
    this.#column = column;
    this.#saved = saved;
    this.#cursors = new CursorOrder(column.kind);
    this.#copied = new CopiedRows(saved.atCursor, column.isBinding, column.name);
    this.#savedKey = saved.cursor === null ? null : this.#cursors.keyOfText(saved.cursor);
    this.#leastKey = least === null ? null : this.#cursors.keyOfText(least);
    this.#largest = saved.cursor;
    this.#largestKey = this.#savedKey;
  }

  wanted({ bytes, starts }: EncodedRows): EncodedRows {
    return { bytes, starts: starts.filter((start) => this.#isWanted(bytes, start)) };
  }

  behind(_rows: EncodedRows, isLast: boolean): ReadingPlace {
    if (!isLast) return { ...this.#saved, after: null };
    const atCursor = this.#column.remembers ? this.#copied.list : [];
    return { cursor: this.#largest, atCursor, after: null };
  }

  #isWanted(bytes: Buffer, start: number): boolean {
    const { from, to } = cellAt(bytes, start, this.#column.index);
    if (from < 0) return false;
    const key = this.#cursors.keyOf(bytes, from, to);
    if (this.#leastKey !== null && key.compare(this.#leastKey) < 0) return false;
    const { identity, columnCount, remembers } = this.#column;
    const hash = remembers ? rowHash(bytes, start, identity, columnCount) : '';
    if (remembers && this.#savedKey?.equals(key) === true && this.#copied.takes(hash)) return false;
    this.#follow(key, hash, () => bytes.toString('utf8', from, to));
    return true;
  }

  #follow(key: Buffer, hash: string, text: () => string): void {
    const order = this.#largestKey === null ? 1 : key.compare(this.#largestKey);
    if (order < 0) return;
    if (order > 0) {
      this.#largest = text();
      requireFinite(this.#column.name, this.#largest);
      this.#largestKey = key;
      this.#copied.clear();
    }
    if (this.#column.remembers) this.#copied.add(hash, this.#largest ?? '');
  }
}
