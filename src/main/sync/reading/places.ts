import type { EncodedRows } from '../../connectors/RowStream.ts';
import type { ReadingPlace } from '../copy/ports.ts';
import { cellText } from './rowCells.ts';

/** Follows a reading: which of its rows are wanted, and where it stands behind a batch. */
export interface PlaceKeeper {
  /** Of rows that have just come, those that are wanted; asked once for each row, in order. */
  wanted(rows: EncodedRows): EncodedRows | Promise<EncodedRows>;
  /** Behind a batch of wanted rows. @param isLast nothing comes behind it */
  behind(rows: EncodedRows, isLast: boolean): ReadingPlace;
}

export const nowhere: ReadingPlace = { cursor: null, atCursor: [], after: null };

/** All rows of a source, in the order of its key where it has one. */
export class FullPlaces implements PlaceKeeper {
  readonly #order: readonly number[] | null;

  /** @param order the columns by which rows are ordered; null: they come as they come */
  constructor(order: readonly number[] | null) {
    this.#order = order;
  }

  wanted(rows: EncodedRows): EncodedRows {
    return rows;
  }

  behind(rows: EncodedRows): ReadingPlace {
    return { ...nowhere, after: orderedCells(rows, this.#order) };
  }
}

/** What says where the last row of a batch stands; null without an order. */
export function orderedCells(
  { bytes, starts }: EncodedRows,
  order: readonly number[] | null,
): (string | null)[] | null {
  const last = starts.at(-1);
  if (order === null || last === undefined) return null;
  return order.map((column) => cellText(bytes, last, column));
}
