import type { EncodedRows, Row } from '../../connectors/RowStream.ts';
import { ByteOutput } from '../../results/files/ByteOutput.ts';
import { headerBytes } from '../../results/spool/cells.ts';

/** A few rows as bytes. */
export function encodedRows(rows: readonly Row[]): EncodedRows {
  const output = new ByteOutput();
  const starts = rows.map((row) => {
    const start = output.length;
    for (const cell of row) {
      const bytes = cell === null ? null : Buffer.from(cell);
      output.reserve(headerBytes);
      output.length = output.bytes.writeInt32BE(bytes?.length ?? -1, output.length);
      if (bytes !== null) output.append(bytes);
    }
    return start;
  });
  return { bytes: output.take(), starts: Uint32Array.from(starts) };
}
