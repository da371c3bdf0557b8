import type { TableProgress } from '../../../shared/model/tableRows.ts';
import { abortReason, onAbort, throwIfAborted, unboundedController } from '../../base/abort.ts';
import { SerialQueue } from '../../base/async/SerialQueue.ts';
import type { EncodedRows, Row, RowStream } from '../../connectors/RowStream.ts';
import type { ResultWriter } from '../../results/Results.ts';
import type { TableRows } from './TableRows.ts';

/** A page is not worth its round trip below this. */
const smallestPage = 1_000;
/** Most rows that are read although nobody has asked for them yet. */
const mostAhead = 500_000;
/** A longer page is not waited for: its first rows are given while the others come. */
export const longPage = 20_000;

/** Runs work on the rows of one page, which begins behind a row. */
export type ReadPage = (
  page: { readonly after: Row | null; readonly limit: number },
  signal: AbortSignal,
  work: (rows: RowStream) => Promise<void>,
) => Promise<void>;

interface Page {
  readonly isLong: boolean;
  readonly controller: AbortController;
  /** @throws what reading fails with */
  readonly end: Promise<void>;
}

/**
 * Rows that are read page by page, each behind the last row of the one before: nothing is open in between. In an order
 * that no index has, each page costs the server a look at the whole table. So a page has as many rows as all pages before
 * it, within limits: a table is read to its end in few of them.
 */
export class PagedRows implements TableRows {
  readonly writer: ResultWriter;
  readonly #key: readonly number[];
  readonly #readPage: ReadPage;
  readonly #turns = new SerialQueue();
  readonly #closing = unboundedController();
  #page: Page | null = null;
  #last: Row | null = null;
  #isComplete = false;
  /** Whoever waits for so many rows. */
  #awaited: { readonly rowCount: number; readonly resolve: () => void } | null = null;

  /** @param key the columns that say where the next page begins */
  constructor(writer: ResultWriter, key: readonly number[], readPage: ReadPage) {
    this.writer = writer;
    this.#key = key;
    this.#readPage = readPage;
  }

  readTo(rowCount: number, signal: AbortSignal): Promise<TableProgress> {
    const stop = AbortSignal.any([signal, this.#closing.signal]);
    return this.#turns.run(async () => {
      while (!this.#isComplete && this.writer.rowCount < rowCount) {
        throwIfAborted(stop);
        this.#page ??= this.#begin(rowCount);
        await this.#wait(this.#page, rowCount, stop);
      }
      return { rowCount: this.writer.rowCount, isComplete: this.#isComplete };
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#page?.controller.abort();
    await this.#turns.run(async () => undefined);
    await this.#page?.end.catch(() => undefined);
  }

  /** Resolves at the end of the page, or of a long one when there are so many rows. */
  async #wait(page: Page, rowCount: number, signal: AbortSignal): Promise<void> {
    const stopping = onAbort(signal, () => page.controller.abort(abortReason(signal)));
    const enough = new Promise<void>((resolve) => {
      if (page.isLong) this.#awaited = { rowCount, resolve };
    });
    try {
      await Promise.race([page.end, enough]);
    } finally {
      this.#awaited = null;
      stopping.dispose();
    }
  }

  #begin(wantedCount: number): Page {
    const { rowCount } = this.writer;
    const limit = Math.max(smallestPage, wantedCount - rowCount, Math.min(rowCount, mostAhead));
    const controller = unboundedController();
    const end = this.#read(limit, controller.signal).finally(() => {
      this.#page = null;
    });
    // One that nobody waits for is read again when somebody does.
    end.catch(() => undefined);
    return { isLong: limit > longPage, controller, end };
  }

  async #read(limit: number, signal: AbortSignal): Promise<void> {
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
        if (this.#awaited !== null && this.writer.rowCount >= this.#awaited.rowCount) this.#awaited.resolve();
      }
    }).finally(() => this.writer.flush());
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
