import type { EncodedRows, Row, RowStream } from '../../src/main/connectors/RowStream.ts';

/** All rows that are left of the current result. */
export async function rowsOf(stream: RowStream): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const batch = await stream.next(1_000);
    if (batch.length === 0) return rows;
    rows.push(...batch);
  }
}

/** The same, read as bytes. */
export async function decodedRowsOf(stream: RowStream): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const batch = await stream.nextEncoded();
    if (batch.starts.length === 0) return rows;
    for (const row of decodedRows(batch, stream.columns.length)) rows.push(row);
  }
}

/** Rows as bytes, decoded by the words of the contract. */
export function decodedRows({ bytes, starts }: EncodedRows, columnCount: number): Row[] {
  return [...starts].map((start) => {
    let offset = start;
    return Array.from({ length: columnCount }, () => {
      const length = bytes.readInt32BE(offset);
      offset += 4 + Math.max(length, 0);
      return length < 0 ? null : bytes.toString('utf8', offset - length, offset);
    });
  });
}
