import type { EncodedRows } from '../../connectors/RowStream.ts';
import type { Spool } from './Spool.ts';

/** Bytes of rows that are read at once; a larger row comes alone. */
const blockBytes = 1024 * 1024;
/** Rows whose places are looked up at once. */
const rowsPerLookup = 8_192;

/** Rows of a spool in the order in which they came, `to` not among them. Their bytes are the reader's until the next ones. */
export async function* readBlocks(spool: Spool, from: number, to: number): AsyncGenerator<EncodedRows> {
  const block = Buffer.allocUnsafeSlow(blockBytes);
  for (let row = from; row < to; row += rowsPerLookup) {
    const count = Math.min(rowsPerLookup, to - row);
    const starts = await spool.starts(row, count);
    let first = 0;
    while (first < count) {
      const base = starts[first] ?? 0;
      let next = first + 1;
      while (next < count && (starts[next + 1] ?? 0) - base <= blockBytes) next += 1;
      const size = (starts[next] ?? base) - base;
      const bytes = size <= blockBytes ? block.subarray(0, size) : Buffer.allocUnsafeSlow(size);
      await spool.readInto(bytes, base);
      yield { bytes, starts: Uint32Array.from(starts.subarray(first, next), (start) => start - base) };
      first = next;
    }
  }
}
