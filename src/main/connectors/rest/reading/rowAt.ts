import type { Row } from '../../RowStream.ts';

/** A row of encoded rows as texts. */
export function rowAt(bytes: Buffer, start: number, columnCount: number): Row {
  let offset = start;
  return Array.from({ length: columnCount }, () => {
    const length = bytes.readInt32BE(offset);
    const from = offset + 4;
    offset = from + Math.max(0, length);
    return length < 0 ? null : bytes.toString('utf8', from, offset);
  });
}
