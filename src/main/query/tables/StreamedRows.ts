import type { TableProgress } from '../../../shared/model/tableRows.ts';
import { unboundedController, untilAborted } from '../../base/abort.ts';
import { Emitter } from '../../base/Emitter.ts';
import type { EncodedRows, RowStream } from '../../connectors/RowStream.ts';
import type { ResultWriter } from '../../results/Results.ts';
import type { TableRows } from './TableRows.ts';

type Outcome = { readonly error: unknown } | 'complete';

/** Runs work on all rows, as one statement. */
export type ReadAll = (signal: AbortSignal, work: (rows: RowStream) => Promise<void>) => Promise<void>;

/**
 * Rows of a relation in which nothing tells one from the other, so that no page can begin behind a row: all of them are
 * read as one statement, into the result on the disk, while people look at the first ones.
 */
export class StreamedRows implements TableRows {
  readonly writer: ResultWriter;
  readonly #closing = unboundedController();
  readonly #onKept = new Emitter<void>();
  readonly #reading: Promise<void>;
  #outcome: Outcome | null = null;

  constructor(writer: ResultWriter, readAll: ReadAll) {
    this.writer = writer;
    const { signal } = this.#closing;
    this.#reading = readAll(signal, async (rows) => {
      await writer.fill(watched(rows, this.#onKept), { signal, rowLimit: null });
    }).then(
      () => this.#ended('complete'),
      (error: unknown) => this.#ended({ error }),
    );
  }

  async readTo(rowCount: number, signal: AbortSignal): Promise<TableProgress> {
    while (this.#outcome === null && this.writer.rowCount < rowCount) {
      await untilAborted(signal, new Promise<void>((resolve) => this.#once(resolve)));
    }
    const isEnough = this.writer.rowCount >= rowCount;
    if (this.#outcome !== null && this.#outcome !== 'complete' && !isEnough) throw this.#outcome.error;
    return { rowCount: this.writer.rowCount, isComplete: this.#outcome === 'complete' };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#reading;
  }

  #ended(outcome: Outcome): void {
    this.#outcome = outcome;
    this.#onKept.emit();
  }

  #once(resolve: () => void): void {
    const listening = this.#onKept.on(() => {
      listening.dispose();
      resolve();
    });
  }
}

/** The same rows; whoever asks for more has kept what came before. */
function watched(rows: RowStream, onKept: Emitter<void>): RowStream {
  return {
    columns: rows.columns,
    next: (maxRows) => rows.next(maxRows),
    nextEncoded(): Promise<EncodedRows> {
      onKept.emit();
      return rows.nextEncoded();
    },
    close: () => rows.close(),
  };
}
