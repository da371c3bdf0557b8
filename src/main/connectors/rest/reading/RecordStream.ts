import type { ResultColumn } from '../../../../shared/model/results.ts';
import type { EncodedRows, Row, RowStream } from '../../RowStream.ts';
import type { RecordEncoder } from './columns/RecordEncoder.ts';
import { rowAt } from './rowAt.ts';
import type { RecordSet } from './selecting/RecordSet.ts';

const noRows: EncodedRows = { bytes: Buffer.alloc(0), starts: new Uint32Array(0) };

export interface RecordStreamOptions {
  readonly columns: readonly ResultColumn[];
  readonly encoder: RecordEncoder;
  readonly sets: AsyncGenerator<RecordSet>;
  /** Most rows; null: all of them. */
  readonly limit: number | null;
  /** Ends what is on its way. */
  readonly cancel: () => void;
}

/** The records of a resource as rows. A page is asked for when somebody wants its rows, or one ahead. */
export class RecordStream implements RowStream {
  readonly columns: readonly ResultColumn[];
  readonly #options: RecordStreamOptions;
  #set: RecordSet | null = null;
  #position = 0;
  #leftCount: number;
  #isOver = false;
  /** Rows that were encoded, but not taken yet as texts. */
  #waiting: Row[] = [];

  constructor(options: RecordStreamOptions) {
    this.#options = options;
    this.columns = options.columns;
    this.#leftCount = options.limit ?? Number.POSITIVE_INFINITY;
  }

  async nextEncoded(): Promise<EncodedRows> {
    while (!this.#isOver && this.#leftCount > 0) {
      if (this.#set !== null && this.#position < this.#set.tokens.length) return this.#encoded(this.#set);
      const { done, value } = await this.#options.sets.next();
      if (done === true) break;
      this.#set = value;
      this.#position = 0;
    }
    await this.close();
    return noRows;
  }

  async next(maxRows: number): Promise<readonly Row[]> {
    if (this.#waiting.length === 0) {
      const { bytes, starts } = await this.nextEncoded();
      this.#waiting = Array.from(starts, (start) => rowAt(bytes, start, this.columns.length));
    }
    return this.#waiting.splice(0, maxRows);
  }

  async close(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#set = null;
    this.#options.cancel();
    // It ends with the reason of the cancel if it waits for an answer, which whoever waits for rows hears.
    await this.#options.sets.return(undefined).catch(() => undefined);
  }

  #encoded(set: RecordSet): EncodedRows {
    const { rows, next } = this.#options.encoder.encode(set, this.#position);
    this.#position = next;
    const starts =
      rows.starts.length > this.#leftCount ? rows.starts.subarray(0, this.#leftCount) : rows.starts;
    this.#leftCount -= starts.length;
    return { bytes: rows.bytes, starts };
  }
}
