/**
 * What answers take on V8's heap, in bytes, rounded up: measured with Node 20 without pointer compression, the largest
 * of the runtimes. What counts is the heap and not the wire, where a row without a column is seven bytes.
 */
const rowBytes = 64;
const cellBytes = 8;
/** Object header, hash, length and padding of a string that is not empty. */
const stringBytes = 24;
const columnBytes = 96;

/** @param textBytes of all cells, in UTF-8. As many characters as bytes are ASCII, at a byte each; else it is two. */
export function sizeOfRow(cells: readonly (string | null)[], textBytes: number): number {
  let stringCount = 0;
  let characterCount = 0;
  for (const cell of cells) {
    if (cell === null || cell === '') continue;
    stringCount += 1;
    characterCount += cell.length;
  }
  const texts = characterCount === textBytes ? characterCount : characterCount * 2;
  return rowBytes + cells.length * cellBytes + stringCount * stringBytes + texts;
}

/** @param messageBytes of the RowDescription: names, mostly */
export function sizeOfColumns(columnCount: number, messageBytes: number): number {
  return columnCount * columnBytes + messageBytes * 2;
}
