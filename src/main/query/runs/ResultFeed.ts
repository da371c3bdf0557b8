import type { RunMessage } from '../../../shared/model/query.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { EncodedRows, Row, RowStream, StatementStream } from '../../connectors/RowStream.ts';
import type { ResultWriter } from '../../results/Results.ts';

/** Progress is reported this often at most. */
const progressMs = 200;

export interface ResultFeedOptions {
  readonly index: number;
  readonly stream: StatementStream;
  readonly writer: ResultWriter;
  readonly clock: Clock;
  readonly onProgress: (message: Extract<RunMessage, { type: 'rows' }>) => void;
}

/**
 * One result of a statement on its way to its spool. Reports progress: the first rows at once, so that they are seen.
 * Closing it leaves the results that come after it.
 */
export class ResultFeed implements RowStream {
  readonly columns: RowStream['columns'];
  readonly #options: ResultFeedOptions;
  #reportedCount = 0;
  #reportedAtMs: number | null = null;
  #timer: Timer | null = null;

  constructor(options: ResultFeedOptions) {
    this.#options = options;
    this.columns = options.stream.columns;
  }

  next(maxRows: number): Promise<readonly Row[]> {
    this.#progress();
    return this.#options.stream.next(maxRows);
  }

  /** Whoever asks for more has kept what came before. */
  nextEncoded(): Promise<EncodedRows> {
    this.#progress();
    return this.#options.stream.nextEncoded();
  }

  async close(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = null;
  }

  /** Nothing is added any more. @param isLimited the limit of rows cut it short */
  finish(isLimited: boolean): void {
    this.#timer?.cancel();
    this.#report(true, isLimited);
  }

  #progress(): void {
    const { clock, writer } = this.#options;
    if (writer.rowCount === this.#reportedCount || this.#timer !== null) return;
    const sinceMs = this.#reportedAtMs === null ? progressMs : clock.monotonicMs() - this.#reportedAtMs;
    if (sinceMs >= progressMs) this.#report(false, false);
    else {
      this.#timer = clock.after(progressMs - sinceMs, () => {
        this.#timer = null;
        this.#report(false, false);
      });
    }
  }

  #report(isComplete: boolean, isLimited: boolean): void {
    const { clock, index, onProgress, writer } = this.#options;
    const { byteCount, id: resultId, rowCount } = writer;
    this.#reportedCount = rowCount;
    this.#reportedAtMs = clock.monotonicMs();
    onProgress({ type: 'rows', index, resultId, rowCount, byteCount, isComplete, isLimited });
  }
}
