import { type WindowCell, windowCellLength } from '../../../shared/model/results.ts';
import { findCells } from './cells.ts';
import { countCharacters, skipCharacters } from './characters.ts';
import { longTextBytes } from './LongTexts.ts';

/** A cell of which only the beginning can be shown before its characters are asked for. */
interface LongCell {
  readonly start: string;
  readonly byteLength: number;
}

/** Makes the cells of a window out of the bytes of rows. */
export class WindowCells {
  readonly #bounds: Int32Array;

  constructor(columnCount: number) {
    this.#bounds = new Int32Array(2 * columnCount);
  }

  /**
   * @param rows bytes, and the same as Latin-1, from which plain ASCII is taken faster than it is decoded
   * @param columns `to` is exclusive
   * @param onLong gets a cell whose length has to be asked for; it stays null until then
   */
  row(
    { bytes, text }: { readonly bytes: Buffer; readonly text: string },
    range: { readonly from: number; readonly to: number },
    columns: { readonly from: number; readonly to: number },
    onLong: (column: number, cell: LongCell) => void,
  ): WindowCell[] {
    findCells(bytes, range.from, range.to, columns.to, this.#bounds);
    const cells: WindowCell[] = [];
    for (let column = columns.from; column < columns.to; column += 1) {
      const start = this.#bounds[2 * column] ?? -1;
      const end = this.#bounds[2 * column + 1] ?? -1;
      if (start < 0) cells.push(null);
      else if (isShortAscii(bytes, start, end)) cells.push(text.slice(start, end));
      else if (end - start <= longTextBytes) cells.push(cellOf(bytes, start, end));
      else {
        cells.push(null);
        onLong(column, { start: beginningOf(bytes, start, end), byteLength: end - start });
      }
    }
    return cells;
  }
}

/** A text of `longTextBytes` at most: whole, or its beginning with its length. */
export function cellOf(bytes: Buffer, start: number, end: number): WindowCell {
  const shown = skipCharacters(bytes, start, end, windowCellLength).position;
  if (shown === end) return bytes.toString('utf8', start, end);
  const length = windowCellLength + countCharacters(bytes, shown, end);
  return { start: bytes.toString('utf8', start, shown), length };
}

/** The first characters of a text, as many as a window shows. */
export function beginningOf(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('utf8', start, skipCharacters(bytes, start, end, windowCellLength).position);
}

function isShortAscii(bytes: Buffer, start: number, end: number): boolean {
  if (end - start > windowCellLength) return false;
  for (let position = start; position < end; position += 1) {
    if ((bytes[position] ?? 0) >= 0x80) return false;
  }
  return true;
}
