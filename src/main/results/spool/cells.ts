/** Bytes of the length that stands before each cell. */
export const headerBytes = 4;

/** The length that stands at a place: that of a cell in bytes, negative for NULL. Not checked against anything. */
export function cellLengthAt(bytes: Uint8Array, position: number): number {
  return (
    ((bytes[position] ?? 0) << 24) |
    ((bytes[position + 1] ?? 0) << 16) |
    ((bytes[position + 2] ?? 0) << 8) |
    (bytes[position + 3] ?? 0)
  );
}

/**
 * Finds the cells of a row: `bounds` gets where each begins and ends, -1 and -1 for NULL. A cell never reaches beyond the
 * row, whatever its length says.
 * @param bounds room for twice `columnCount`
 */
export function findCells(
  bytes: Uint8Array,
  from: number,
  to: number,
  columnCount: number,
  bounds: Int32Array,
): void {
  let position = from;
  for (let column = 0; column < columnCount; column += 1) {
    const length = cellLengthAt(bytes, position);
    position = Math.min(position + headerBytes, to);
    const isNull = length < 0;
    const end = isNull ? position : Math.min(position + length, to);
    bounds[2 * column] = isNull ? -1 : position;
    bounds[2 * column + 1] = isNull ? -1 : end;
    position = end;
  }
}
