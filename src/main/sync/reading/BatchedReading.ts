import type { Clock } from '../../base/Clock.ts';
import type { EncodedRows, RowStream } from '../../connectors/RowStream.ts';
import type { SourceBatch, SourceReading } from '../copy/ports.ts';
import { BatchBuffer } from './BatchBuffer.ts';
import type { PlaceKeeper } from './places.ts';

/** Most rows and bytes of a batch, unless one row is larger. */
export interface BatchSize {
  readonly rows: number;
  readonly bytes: number;
}

/** A commit costs a destination as much for few rows as for many; rows that are refused are found by halving. */
export const usualBatch: BatchSize = { rows: 80_000, bytes: 16 * 1024 * 1024 };

/** A source that is slow gives what it has by then: a run that is killed reads no more than that again. */
const longestFillMs = 5_000;

/** How rows are put together. */
export interface Batching {
  readonly size: BatchSize;
  readonly clock: Pick<Clock, 'monotonicMs'>;
}

export interface BatchedOptions extends Batching {
  readonly warnings: readonly string[];
  readonly stream: RowStream;
  readonly places: PlaceKeeper;
}

const noRows: EncodedRows = { bytes: Buffer.alloc(0), starts: new Uint32Array(0) };

/** Rows of a stream in batches. The next batch is read while the one before is being worked on. */
export class BatchedReading implements SourceReading {
  readonly warnings: readonly string[];
  readonly #stream: RowStream;
  readonly #places: PlaceKeeper;
  readonly #clock: Batching['clock'];
  /** One is worked on while the other is filled. */
  readonly #buffers: readonly [BatchBuffer, BatchBuffer];
  #turn: 0 | 1 = 0;
  #chunk = noRows;
  /** The first row of the chunk that is in no batch yet. */
  #next = 0;
  #isOver = false;
  #ahead: Promise<SourceBatch | null> | null = null;

  constructor({ warnings, stream, places, size, clock }: BatchedOptions) {
    this.warnings = warnings;
    this.#stream = stream;
    this.#places = places;
    this.#clock = clock;
    const buffer = () => new BatchBuffer(stream.columns.length, size.rows, size.bytes);
    this.#buffers = [buffer(), buffer()];
  }

  async next(): Promise<SourceBatch | null> {
    const batch = await (this.#ahead ?? this.#read());
    this.#ahead = batch === null ? Promise.resolve(null) : this.#read();
    // Its failure is heard when the batch is asked for.
    this.#ahead.catch(() => undefined);
    return batch;
  }

  async close(): Promise<void> {
    await this.#stream.close();
    await this.#ahead?.catch(() => undefined);
  }

  async #read(): Promise<SourceBatch | null> {
    const buffer = this.#buffers[this.#turn];
    this.#turn = this.#turn === 0 ? 1 : 0;
    buffer.empty();
    const dueMs = this.#clock.monotonicMs() + longestFillMs;
    const isDue = () => buffer.isFull || (buffer.rowCount > 0 && this.#clock.monotonicMs() >= dueMs);
    // Whether more comes is asked first, since the last batch has to know that it is the last.
    while ((await this.#hasRow()) && !isDue()) this.#next = buffer.add(this.#chunk, this.#next);
    if (buffer.rowCount === 0) return null;
    const { rows } = buffer;
    return { rows, place: this.#places.behind(rows, this.#isOver) };
  }

  async #hasRow(): Promise<boolean> {
    while (!this.#isOver && this.#next >= this.#chunk.starts.length) {
      const rows = await this.#stream.nextEncoded();
      this.#isOver = rows.starts.length === 0;
      this.#chunk = this.#isOver ? noRows : await this.#places.wanted(rows);
      this.#next = 0;
    }
    return this.#next < this.#chunk.starts.length;
  }
}
