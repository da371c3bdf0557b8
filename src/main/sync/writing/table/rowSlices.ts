import type { EncodedRows } from '../../../connectors/RowStream.ts';

/** Some rows of a batch, without copying them. */
export const sliceOf = ({ bytes, starts }: EncodedRows, from: number, to: number): EncodedRows => ({
  bytes,
  starts: starts.subarray(from, to),
});

/** Rows that have a NULL in one of some columns, and the others. */
export function splitByNull(
  rows: EncodedRows,
  columns: ReadonlySet<number>,
): { readonly whole: EncodedRows; readonly withNull: EncodedRows } {
  const last = Math.max(-1, ...columns);
  const whole = new Uint32Array(rows.starts.length);
  const withNull: number[] = [];
  let count = 0;
  for (const start of rows.starts) {
    if (hasNull(rows.bytes, start, columns, last)) withNull.push(start);
    else {
      whole[count] = start;
      count += 1;
    }
  }
  return {
    whole: { bytes: rows.bytes, starts: whole.subarray(0, count) },
    withNull: { bytes: rows.bytes, starts: Uint32Array.from(withNull) },
  };
}

function hasNull(bytes: Buffer, start: number, columns: ReadonlySet<number>, last: number): boolean {
  let offset = start;
  for (let column = 0; column <= last; column += 1) {
    const size = bytes.readInt32BE(offset);
    if (size < 0 && columns.has(column)) return true;
    offset += 4 + Math.max(size, 0);
  }
  return false;
}
