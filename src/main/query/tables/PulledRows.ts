import type { TableProgress } from '../../../shared/model/tableRows.ts';
import { throwIfAborted, unboundedController, untilAborted } from '../../base/abort.ts';
import { SerialQueue } from '../../base/async/SerialQueue.ts';
import type { Connection } from '../../connectors/Connection.ts';
import type { RowStream } from '../../connectors/RowStream.ts';
import type { ResultWriter } from '../../results/Results.ts';
import type { TableRows } from './TableRows.ts';

export interface PulledRowsOptions {
  /** Lends a connection while rows are asked for, and no longer. */
  readonly withConnection: <Value>(
    signal: AbortSignal,
    work: (connection: Connection) => Promise<Value>,
  ) => Promise<Value>;
  /** Opens the rows. @param connection the one that was lent last */
  readonly open: (connection: () => Connection, signal: AbortSignal) => RowStream;
}

/**
 * Rows that their server gives in parts of its own, each for a request: only as many are asked for as somebody wants to
 * see, and no connection is kept in between.
 */
export class PulledRows implements TableRows {
  readonly writer: ResultWriter;
  readonly #options: PulledRowsOptions;
  readonly #turns = new SerialQueue();
  readonly #closing = unboundedController();
  #stream: RowStream | null = null;
  #connection: Connection | null = null;
  /** The part that is on its way; a caller that gives up leaves it to the next one. */
  #part: Promise<void> | null = null;
  #isComplete = false;
  #failure: { readonly error: unknown } | null = null;

  constructor(writer: ResultWriter, options: PulledRowsOptions) {
    this.writer = writer;
    this.#options = options;
  }

  /** Whether there will never be more rows, although there are more. */
  get hasFailed(): boolean {
    return this.#failure !== null;
  }

  /** Where reading fails behind rows that nobody has been given yet, those are given; the next call throws. */
  readTo(rowCount: number, signal: AbortSignal): Promise<TableProgress> {
    return this.#turns.run(async () => {
      const before = this.writer.rowCount;
      while (!this.#isComplete && this.#failure === null && this.writer.rowCount < rowCount) {
        throwIfAborted(signal);
        this.#part ??= this.#pull();
        await untilAborted(signal, this.#part);
      }
      const { rowCount: readCount } = this.writer;
      if (this.#failure !== null && readCount < rowCount && readCount === before) throw this.#failure.error;
      return { rowCount: readCount, isComplete: this.#isComplete };
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#turns.run(async () => undefined);
    await this.#part;
    await this.#stream?.close();
  }

  /** Asks for some more rows. Never rejects. */
  async #pull(): Promise<void> {
    const { signal } = this.#closing;
    const { open, withConnection } = this.#options;
    try {
      throwIfAborted(signal);
      await withConnection(signal, async (connection) => {
        this.#connection = connection;
        this.#stream ??= open(() => this.#connection ?? connection, signal);
        const batch = await untilAborted(signal, this.#stream.nextEncoded());
        if (batch.starts.length === 0) this.#isComplete = true;
        else await this.writer.append(batch);
      });
      await this.writer.flush();
    } catch (error) {
      this.#failure = { error };
    } finally {
      this.#part = null;
    }
  }
}
