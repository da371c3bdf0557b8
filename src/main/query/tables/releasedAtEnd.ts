import type { RowStream } from '../../connectors/RowStream.ts';

/** The same rows; the connection is given back when they are closed. */
export function releasedAtEnd(rows: RowStream, release: () => void): RowStream {
  let isOver = false;
  return {
    columns: rows.columns,
    next: (maxRows) => rows.next(maxRows),
    nextEncoded: () => rows.nextEncoded(),
    async close() {
      await rows.close();
      if (isOver) return;
      isOver = true;
      release();
    },
  };
}
