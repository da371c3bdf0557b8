import type { TableProgress } from '../../../shared/model/tableRows.ts';
import { unboundedController } from '../../base/abort.ts';
import { SerialQueue } from '../../base/async/SerialQueue.ts';
import type { EncodedRows, Row, RowStream } from '../../connectors/RowStream.ts';
import type { ResultWriter } from '../../results/Results.ts';
import type { TableRows } from './TableRows.ts';

/** A page is not worth its round trip below this, and is not asked for above. */
const smallestPage = 1_000;
const largestPage = 20_000;

/** Runs work on the rows of one page, which begins behind a row. */
export type ReadPage = (
  page: { readonly after: Row | null; readonly limit: number },
  signal: AbortSignal,
  work: (rows: RowStream) => Promise<void>,
) => Promise<void>;

/** Rows that are read page by page, each behind the last row of the one before: nothing is open in between. */
export class PagedRows implements TableRows {
  readonly writer: ResultWriter;
  readonly #key: readonly number[];
  readonly #readPage: ReadPage;
  readonly #turns = new SerialQueue();
  readonly #closing = unboundedController();
  #last: Row | null = null;
  #isComplete = false;

  /** @param key the columns that say where the next page begins */
  constructor(writer: ResultWriter, key: readonly number[], readPage: ReadPage) {
    this.writer = writer;
    this.#key = key;
    this.#readPage = readPage;
  }

  readTo(rowCount: number, signal: AbortSignal): Promise<TableProgress> {
    const stop = AbortSignal.any([signal, this.#closing.signal]);
    return this.#turns.run(async () => {
      while (!this.#isComplete && this.writer.rowCount < rowCount) await this.#read(rowCount, stop);
      return { rowCount: this.writer.rowCount, isComplete: this.#isComplete };
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#turns.run(async () => undefined);
  }

  async #read(wantedCount: number, signal: AbortSignal): Promise<void> {
    const limit = Math.min(largestPage, Math.max(smallestPage, wantedCount - this.writer.rowCount));
    let readCount = 0;
    await this.#readPage({ after: this.#last, limit }, signal, async (rows) => {
      for (;;) {
        const batch = await rows.nextEncoded();
        if (batch.starts.length === 0) break;
        // Before it is kept: the bytes are the stream's.
        const last = keyOfLast(batch, this.#key);
        await this.writer.append(batch);
        this.#last = last;
        readCount += batch.starts.length;
      }
    });
    if (readCount < limit) this.#isComplete = true;
  }
}

/** The last row of a batch with the cells of a key as text; the others, which may be large, stay NULL. */
function keyOfLast({ bytes, starts }: EncodedRows, key: readonly number[]): Row {
  let at = starts.at(-1) ?? 0;
  return Array.from({ length: Math.max(...key) + 1 }, (_, column) => {
    const length = bytes.readInt32BE(at);
    const from = at + 4;
    at = from + Math.max(0, length);
    return length < 0 || !key.includes(column) ? null : bytes.toString('utf8', from, at);
  });
}
